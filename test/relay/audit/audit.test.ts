import { describe, expect, it } from 'vitest'
import { listEntries } from '../../../relay/audit/audit-entries.ts'
import { type AuditStep, readAudit } from '../../../relay/audit/read-audit.ts'
import { formatAudit } from '../../../relay/command-line/audit-table.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { actEvent } from '../../../relay/wire/act-record.ts'
import { deskEvent } from '../../../relay/wire/desk-record.ts'
import type { ActRecord } from '../../../shared/protocol/act.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { loadNotifications } from '../../support/streams.ts'
import { newEvent } from '../support/new-event.ts'

const NOW_MS = Date.parse('2026-01-05T09:00:00.000Z')
const BEA = { extensionId: '400102', name: 'Bea Lindqvist' }
const toSam = {
  actId: 'x-1',
  telephonySessionId: 's-1',
  by: { rule: 'Harbor' },
  act: 'forward',
  to: { extensionId: '400104' },
}

const write = (log: EventLog, record: ActRecord, receivedAtMs = NOW_MS) =>
  log.append(actEvent(record, { receivedAtMs, isFirst: record.step === 'intended' }))

async function readAll(log: EventLog, sinceMs = 0): Promise<{ steps: AuditStep[]; pages: number }> {
  const steps: AuditStep[] = []
  let pages = 0
  for (let afterPosition: number | undefined; ; ) {
    const page = await readAudit(log, { sinceMs, afterPosition })
    steps.push(...page.steps)
    pages += 1
    if (page.isLast) return { steps, pages }
    afterPosition = page.upToPosition
  }
}
const entries = async (log: EventLog, sinceMs?: number) => listEntries((await readAll(log, sinceMs)).steps, NOW_MS)

describe('the audit', () => {
  it('tells an act once, with what came of it, at the time it was intended', async () => {
    const log = createMemoryEventLog()
    await write(log, { step: 'intended', ...toSam, asWhom: '400102' }, NOW_MS - 2000)
    await write(
      log,
      { step: 'answered', ...toSam, outcome: 'tooLate', status: 409, words: 'It is over' },
      NOW_MS - 1000,
    )
    expect(await entries(log)).toEqual([
      {
        at: '2026-01-05T08:59:58.000Z',
        telephonySessionId: 's-1',
        by: { rule: 'Harbor' },
        act: 'forward',
        to: { extensionId: '400104' },
        outcome: 'tooLate',
        status: 409,
        words: 'It is over',
      },
    ])
  })

  it('knows nothing of one whose answer never came, but for a minute in which it may', async () => {
    const log = createMemoryEventLog()
    await write(log, { step: 'intended', ...toSam }, NOW_MS - MINUTE_MS)
    await write(log, { step: 'intended', ...toSam, actId: 'x-2' }, NOW_MS - MINUTE_MS + 1)
    expect((await entries(log)).map(({ outcome }) => outcome)).toEqual(['unknown', 'underWay'])
  })

  it('begins where it is asked to, and reads any log in pages', async () => {
    const log = createMemoryEventLog()
    for (let at = 0; at < 9000; at++) {
      await log.append({ ...newEvent('s-2', at + 2, ['400102']), receivedAtMs: NOW_MS - 9000 + at })
      if (at % 3000 === 0) await write(log, { step: 'intended', ...toSam, actId: `x-${at}` }, NOW_MS - 9000 + at)
    }
    expect(await readAll(log)).toMatchObject({ steps: [{}, {}, {}], pages: 3 })
    const { steps } = await readAll(log, NOW_MS - 9000 + 3000)
    expect(steps.map(({ record }) => record.actId)).toEqual(['x-3000', 'x-6000'])
  })

  it('tells that a hand was raised, and that somebody whispered to whom, but not what', async () => {
    const log = createMemoryEventLog()
    await log.append(deskEvent({ telephonySessionId: 's-1', kind: 'hand', from: '400102', raised: true }, NOW_MS))
    const whisper = { telephonySessionId: 's-1', kind: 'whisper', from: '400101', to: '400102', text: '12 %' } as const
    await log.append(deskEvent({ ...whisper, fromName: 'Ines Caldeira' }, NOW_MS))
    expect(await entries(log)).toMatchObject([
      { by: { extensionId: '400102' }, act: 'hand', text: 'raised', outcome: 'done' },
      { by: { extensionId: '400101', name: 'Ines Caldeira' }, act: 'whisper', to: { extensionId: '400102' } },
    ])
    expect(JSON.stringify(await entries(log))).not.toContain('12 %')
  })

  it('finds the number of the other side where a person’s act does not tell it', async () => {
    const log = createMemoryEventLog()
    const notifications = loadNotifications('queue-answered')
    const telephonySessionId = (notifications[0] as { body: { telephonySessionId: string } }).body.telephonySessionId
    for (const notification of notifications) {
      const text = JSON.stringify(notification)
      await log.append({ uuid: undefined, telephonySessionId, extensionIds: [], receivedAtMs: NOW_MS - HOUR_MS, text })
    }
    await write(log, { step: 'answered', actId: 'x-9', telephonySessionId, by: BEA, act: 'hold', outcome: 'done' })
    expect((await entries(log))[0]?.caller).toMatch(/^\+\d{11}$/)
  })
})

it('is a table that a person can read, in which nothing steers the terminal', async () => {
  const log = createMemoryEventLog()
  await write(log, { step: 'intended', ...toSam, caller: '+14085550123' })
  await write(log, { step: 'answered', ...toSam, caller: '+14085550123', outcome: 'done' })
  const hold = { actId: 'x-2', telephonySessionId: 's-2', by: BEA, act: 'hold' }
  await write(log, { step: 'answered', ...hold, outcome: 'refused', status: 403, words: 'No \u001b[31mpermission' })
  const call = { actId: 'x-3', telephonySessionId: '', by: BEA, act: 'call', to: { phoneNumber: '+12065550147' } }
  await write(log, { step: 'answered', ...call, deviceId: '400802', outcome: 'unknown', words: 'Silence' })
  expect(formatAudit(await entries(log))).toEqual([
    'TIME                  WHO                   WHAT                                   CALL          SESSION  RESULT',
    '2026-01-05 09:00:00Z  rule Harbor           forward to extension 400104            +14085550123  s-1      done as the relay',
    '2026-01-05 09:00:00Z  400102 Bea Lindqvist  hold                                   –             s-2      refused (403) – No ?[31mpermission',
    '2026-01-05 09:00:00Z  400102 Bea Lindqvist  call to +12065550147 at device 400802  –             –        unknown – Silence',
  ])
  expect(formatAudit([])).toEqual(['Nothing was done with calls in that time.'])
})
