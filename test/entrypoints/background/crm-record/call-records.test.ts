import { beforeEach, describe, expect, it } from 'vitest'
import {
  type CallRecords,
  createCallRecords,
  FIRST_LOOK_MS,
  LATER_MS,
  SOON_LOOKS,
  SOON_MS,
} from '../../../../entrypoints/background/crm-record/call-records.ts'
import type { CrmChoiceResult, CrmRecordsReport } from '../../../../entrypoints/lib/contract/crm.ts'
import type { CrmRecordJson } from '../../../../shared/protocol/http/crm.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { buildRow } from '../caller/row.ts'
import { ADA, ALAN, buildRecord, buildRecords, TRY_AGAIN } from './crm-answers.ts'

const over = (telephonySessionId: string) => buildRow({ telephonySessionId, startedMs: 0, phase: 'ended' })

let clock: ManualClock
let asked: string[]
let records: CrmRecordJson[]
let isAway: boolean
let chosen: unknown[]
let result: CrmChoiceResult
let changes: number
let calls: CallRecords

beforeEach(() => {
  clock = createManualClock(0, () => new Promise((resolve) => setImmediate(resolve)))
  asked = []
  records = []
  isAway = false
  chosen = []
  changes = 0
  calls = createCallRecords({
    client: {
      records: async ({ telephonySessionId = '' }): Promise<CrmRecordsReport> => {
        asked.push(telephonySessionId)
        return isAway ? { kind: 'away' } : { kind: 'given', answer: buildRecords(...records) }
      },
      choose: async (...what) => {
        chosen.push(what)
        return result
      },
    },
    clock,
    onChanged: () => changes++,
  })
})

const pass = (ms: number) => clock.moveTo(clock.nowMs() + ms)

describe('the record of a call that is over', () => {
  it('is asked for until it is in the CRM, and then no more', async () => {
    calls.follow([over('s-1')])
    await pass(FIRST_LOOK_MS - 1)
    expect(asked).toEqual([])
    await pass(1)
    expect(asked).toEqual(['s-1'])
    expect(calls.of('s-1')).toBeUndefined()
    records = [buildRecord({ state: 'sent' })]
    await pass(SOON_MS)
    expect(calls.of('s-1')?.state).toBe('sent')
    records = [buildRecord({ key: 's-0', telephonySessionIds: ['s-0', 's-1'], state: 'logged', contact: ADA })]
    await pass(SOON_MS)
    expect(calls.of('s-1')).toMatchObject({ state: 'logged', contact: ADA })
    expect(changes).toBe(2)
    expect(clock.waits()).toEqual([])
  })

  it('is asked for less often when it takes long, or waits for a person', async () => {
    calls.follow([over('s-1')])
    await pass(FIRST_LOOK_MS + SOON_LOOKS * SOON_MS)
    expect(clock.waits()[0]).toBeGreaterThan(SOON_MS)
    records = [buildRecord({ state: 'noMatch' })]
    await pass(LATER_MS)
    calls.follow([over('s-1'), over('s-2')])
    records = [
      buildRecord({ state: 'noMatch' }),
      buildRecord({ key: 's-2', telephonySessionIds: ['s-2'], state: 'refused' }),
    ]
    await pass(FIRST_LOOK_MS)
    expect(clock.waits()).toEqual([LATER_MS])
  })

  it('stays what it was while the relay is away, and is forgotten with its card', async () => {
    records = [buildRecord({ state: 'refused', words: 'hs_call_body is too long' })]
    calls.follow([over('s-1')])
    await pass(FIRST_LOOK_MS)
    isAway = true
    await pass(LATER_MS)
    expect(calls.of('s-1')).toMatchObject({ state: 'refused', words: 'hs_call_body is too long' })
    calls.follow([])
    expect(calls.of('s-1')).toBeUndefined()
    expect(clock.waits()).toEqual([])
  })

  it('is decided about once at a time, by its key; what came of it is shown at once', async () => {
    records = [buildRecord({ key: 'k-1', state: 'ambiguous', candidates: [ADA, ALAN] })]
    calls.follow([over('s-1')])
    await pass(FIRST_LOOK_MS)
    result = { record: buildRecord({ key: 'k-1', state: 'ready', contact: ALAN }) }
    const choosing = calls.choose('s-1', { contactId: 'c-2' })
    expect(calls.of('s-1')).toMatchObject({ state: 'ambiguous', candidates: [ADA, ALAN], isPending: true })
    await calls.choose('s-1', { skip: true })
    await choosing
    expect(chosen).toEqual([['k-1', { contactId: 'c-2' }]])
    expect(calls.of('s-1')).toMatchObject({ state: 'ready', contact: ALAN, isPending: false })
    expect(clock.waits()).toEqual([FIRST_LOOK_MS])
  })

  it('says why a decision could not be carried out', async () => {
    records = [buildRecord({ state: 'refused' })]
    calls.follow([over('s-1')])
    await pass(FIRST_LOOK_MS)
    result = { problem: 'It has changed.' }
    await calls.choose('s-1', TRY_AGAIN)
    expect(calls.of('s-1')).toMatchObject({ state: 'refused', problem: 'It has changed.', isPending: false })
    await calls.choose('s-2', TRY_AGAIN)
    expect(chosen).toHaveLength(1)
  })
})
