import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import { expect } from 'vitest'
import type { CrmApi, CrmFault } from '../../relay/crm/api.ts'
import type { Connection, Connections } from '../../relay/crm/connection/connection.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../../relay/crm/connector.ts'
import { createMatches } from '../../relay/crm/matching/matches.ts'
import { createCallNotes } from '../../relay/crm/notes.ts'
import { startRowCollector } from '../../relay/crm/outbox/collect-rows.ts'
import { startLooking } from '../../relay/crm/outbox/look-again.ts'
import type { CrmRow } from '../../relay/crm/outbox/row.ts'
import { createRowStore, type RowStore } from '../../relay/crm/outbox/row-store.ts'
import { createRowSender } from '../../relay/crm/outbox/send-rows.ts'
import { createRecordWriter } from '../../relay/crm/outbox/write-record.ts'
import { createMemoryEventLog } from '../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../relay/log/event-log.ts'
import { createMemoryRecords } from '../../relay/log/records.memory.ts'
import type { Records } from '../../relay/log/records.ts'
import type { Owner } from '../../relay/log/storage.ts'
import { createMetrics } from '../../relay/metrics.ts'
import type { QueueNameOf } from '../../shared/crm/call-record.ts'
import { SECOND_MS } from '../../shared/time.ts'
import { createCollectedLogger } from '../relay/support/collected-logger.ts'
import { eventually } from './eventually.ts'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import { loadNotifications, type StreamName } from './streams.ts'

/** A CRM in memory that keeps no record from being written twice: whoever writes to it has to look first. */
export interface MemoryCrm {
  readonly written: RecordToWrite[]
  /** What each question of the relay is answered with, before it is carried out; by default it is. */
  before: (question: string) => Promise<void>
  /** The same, after it was. */
  after: (question: string) => Promise<void>
  contacts: readonly CrmContact[]
  /** Its users by their e-mail addresses, which are made of extension ids. */
  owners: ReadonlyMap<string, string>
  /** Which records it does not take. */
  refuses: (record: RecordToWrite) => CrmFault | undefined
}

export function createMemoryCrm(): MemoryCrm {
  const number = '+12065550147'
  return {
    written: [],
    before: async () => undefined,
    after: async () => undefined,
    contacts: [{ id: '1', kind: 'contact', name: 'Grace Okoye', numbers: [number] }],
    owners: new Map(),
    refuses: () => undefined,
  }
}

function connectorOf(crm: MemoryCrm, indexLagMs: number, needsContact: boolean): Connector {
  const ask = async <T>(question: string, answer: () => T): Promise<T> => {
    await crm.before(question)
    const answered = answer()
    await crm.after(question)
    return answered
  }
  const locate = (record: RecordToWrite): Written => ({ recordId: String(crm.written.indexOf(record) + 1) })
  return {
    name: 'pipedrive',
    displayName: 'Memory',
    baseUrl: 'https://crm.example.com',
    auth: {},
    budget: { requests: 10, perMs: 1000 },
    exactness: 'lookUp',
    indexLagMs,
    needsContact,
    findContacts: () => ask('find', () => crm.contacts),
    findOwner: (_api, email) => ask('owner', () => crm.owners.get(email)),
    write: (_api, record) =>
      ask('write', () => {
        const fault = crm.refuses(record)
        if (fault !== undefined) throw fault
        crm.written.push(record)
        return locate(record)
      }),
    lookUp: (_api, { key }) =>
      ask('lookUp', () => {
        const record = crm.written.find((one) => one.key === key)
        return record && locate(record)
      }),
    newContactUrl: () => undefined,
  }
}

const api: CrmApi = {
  baseUrl: 'https://crm.example.com',
  request: async (schema) => v.parse(schema, undefined),
}

/** A moment before the first event of a stream. */
export function startOf(name: StreamName): number {
  return Date.parse(loadNotifications(name)[0]?.body.eventTime ?? '') - SECOND_MS
}

/** Each event of a stream comes at its time. */
export async function playStream(scene: OutboxScene, name: StreamName): Promise<void> {
  for (const notification of loadNotifications(name)) {
    const { eventTime, telephonySessionId } = notification.body
    await scene.pass(Math.max(0, Date.parse(eventTime) - scene.clock.nowMs()))
    await scene.receive(notification, telephonySessionId)
  }
}

/** The outbox on a log and records that outlive it, on a clock that a test moves. */
export interface OutboxScene {
  readonly log: EventLog
  readonly clock: ManualClock
  readonly rows: RowStore
  readonly logText: () => string
  receive(envelope: unknown, telephonySessionId: string): Promise<void>
  /** Resolves when nothing happens any more without time. */
  settle(): Promise<void>
  /** Time passes, and each thing is done at its moment. */
  pass(ms: number): Promise<void>
  /** The same in one go: what happens on the way happens at its end. */
  skipTo(atMs: number): Promise<void>
  list(): readonly CrmRow[]
  close(): Promise<void>
}

export interface OutboxSceneOptions {
  readonly crm: MemoryCrm
  readonly log?: EventLog
  readonly records?: Records
  readonly startMs: number
  readonly waitMs?: number
  readonly logsAll?: boolean
  readonly needsContact?: boolean
  readonly queueNameOf?: QueueNameOf
  readonly indexLagMs?: number
  /** The records as the owner may write them, where relays share them. */
  readonly owner?: Pick<Owner, 'records' | 'confirm'>
  /** Whether the storage has something under way that takes more than turns. */
  readonly isBusy?: () => boolean
}

export async function openOutboxScene({
  crm,
  log = createMemoryEventLog(),
  records = createMemoryRecords(),
  startMs,
  waitMs = 30_000,
  logsAll = false,
  needsContact = false,
  queueNameOf = () => undefined,
  indexLagMs = 0,
  owner = { records, confirm: async () => undefined },
  isBusy = () => false,
}: OutboxSceneOptions): Promise<OutboxScene> {
  const { logger, text } = createCollectedLogger()
  const clock = createManualClock(startMs, settle)
  const connector = connectorOf(crm, indexLagMs, needsContact)
  const rows = (await createRowStore(records, connector.name)).writingTo(owner.records)
  const notes = createCallNotes(owner.records)
  const collector = startRowCollector({
    log,
    rows,
    records: owner.records,
    crm: connector.name,
    queueNameOf,
    waitMs,
    clock,
    logger,
    isBusy: () => false,
  })
  const writer = createRecordWriter({
    connector,
    matches: createMatches(connector, clock),
    logsAll,
    emailOf: async (extensionId) => `${extensionId}@northwind.example`,
    nameOf: () => undefined,
    notesOf: ({ call }) => notes.of(call.telephonySessionIds),
    isOwnNumber: () => false,
    clock,
  })
  const connections = connectionsOf({ owner: 'account', api })
  const sender = createRowSender({
    rows,
    writer,
    connections,
    connector,
    confirm: owner.confirm,
    metrics: createMetrics(),
    clock,
    logger,
  })
  sender.wake()
  const stopLooking = startLooking({ rows, writer, connections, metrics: createMetrics(), clock, logger })

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 40; quiet++) {
      await setImmediate()
      if (isBusy()) quiet = 0
    }
  }

  await settle()
  return {
    log,
    clock,
    rows,
    logText: text,
    settle,
    async receive(envelope, telephonySessionId) {
      const receivedAtMs = clock.nowMs()
      const { position } = await log.append({
        uuid: undefined,
        telephonySessionId,
        extensionIds: [],
        receivedAtMs,
        text: JSON.stringify(envelope),
      })
      await eventually(() => expect(log.headPosition).toBeGreaterThanOrEqual(position))
      await settle()
    },
    pass: (ms) => clock.moveTo(clock.nowMs() + ms),
    async skipTo(atMs) {
      clock.advance(atMs - clock.nowMs())
      await settle()
    },
    list: () => [...rows.all()],
    async close() {
      collector.close()
      // What is under way never ends where the CRM never answers.
      await Promise.race([Promise.all([stopLooking(), sender.close()]), settle()])
    },
  }
}

function connectionsOf(connection: Connection): Connections {
  return {
    of: () => connection,
    faultOf: () => undefined,
    noteRefused: () => undefined,
    noteTaken: () => undefined,
    onChanged: () => undefined,
  }
}
