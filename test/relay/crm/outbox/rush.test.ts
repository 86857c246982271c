import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { createConnections } from '../../../../relay/crm/connection/connections.ts'
import type { Connector, CrmContact } from '../../../../relay/crm/connector.ts'
import { createMatches } from '../../../../relay/crm/matching/matches.ts'
import type { CrmRow } from '../../../../relay/crm/outbox/row.ts'
import { createRowStore } from '../../../../relay/crm/outbox/row-store.ts'
import { createRowSender } from '../../../../relay/crm/outbox/send-rows.ts'
import { createRecordWriter } from '../../../../relay/crm/outbox/write-record.ts'
import { createMemoryRecords } from '../../../../relay/log/records.memory.ts'
import { createMetrics } from '../../../../relay/metrics.ts'
import { MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createCollectedLogger } from '../../support/collected-logger.ts'
import { recordToWrite } from '../support/written-record.ts'

/** A thousand calls that end together, into a CRM that takes ten requests a second. */

const CALLS = 1000
const A_SECOND = 10

it('a thousand calls that end together are all written, each once, within what the CRM takes', async () => {
  const clock = createManualClock(0, async () => {
    for (let turn = 0; turn < 60; turn++) await setImmediate()
  })
  const takenAtMs: number[] = []
  const written: string[] = []
  let isBeyond = false
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const atMs = clock.elapsedMs()
    takenAtMs.push(atMs)
    isBeyond ||= takenAtMs.filter((one) => one > atMs - SECOND_MS).length > A_SECOND
    const { key } = JSON.parse(String(init?.body)) as { key: string }
    written.push(key)
    return Response.json({ id: String(written.length) })
  }
  const ada: CrmContact = { id: '1', kind: 'contact', name: 'Ada Winter', numbers: ['+14085550123'] }
  const connector: Connector = {
    name: 'custom',
    displayName: 'Memory',
    auth: { key: { template: 'Bearer {key}' } },
    budget: { requests: A_SECOND, perMs: SECOND_MS },
    exactness: 'lookUp',
    findContacts: async () => [ada],
    findOwner: async () => undefined,
    async write(api, { key }) {
      const body = { key }
      const { id } = await api.request(v.object({ id: v.string() }), { method: 'POST', path: '/calls', body })
      return { recordId: id }
    },
    lookUp: async () => undefined,
    newContactUrl: () => undefined,
  }
  const rows = await createRowStore(createMemoryRecords(), connector.name)
  for (let index = 0; index < CALLS; index++) {
    const { key, call } = recordToWrite({ key: `s-${index}` })
    const row: CrmRow = { key, call, state: 'ready', memberIds: [], dueAtMs: 0, tries: 0, sinceMs: 0 }
    await rows.add(row)
  }
  const { signal } = new AbortController()
  const baseUrl = 'https://crm.example.com'
  const connections = createConnections({ connector, baseUrl, key: 'k', oauth: undefined, fetch, clock, signal })
  const writer = createRecordWriter({
    connector,
    matches: createMatches(connector, clock),
    logsAll: false,
    emailOf: async () => undefined,
    nameOf: () => undefined,
    notesOf: async () => [],
    isOwnNumber: () => false,
    clock,
  })
  const { logger } = createCollectedLogger()
  const confirm = async () => undefined
  const metrics = createMetrics()
  const sender = createRowSender({ rows, writer, connections, connector, confirm, metrics, clock, logger })
  sender.wake()
  // What was begun now is begun before time passes.
  await clock.moveTo(0)
  await clock.moveTo(2 * MINUTE_MS)

  expect(isBeyond).toBe(false)
  expect(written).toHaveLength(CALLS)
  expect(new Set(written).size).toBe(CALLS)
  expect([...rows.all()].every(({ state, tries }) => state === 'logged' && tries === 1)).toBe(true)
  // As fast as the CRM takes them.
  expect(takenAtMs.at(-1)).toBeLessThanOrEqual((CALLS / A_SECOND) * SECOND_MS)
  connections.close()
  await sender.close()
})
