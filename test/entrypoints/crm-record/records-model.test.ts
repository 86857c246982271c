import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it } from 'vitest'
import { readAddress, SHOWN_FIRST, startOfRange, writeAddress } from '../../../entrypoints/crm-record/address.ts'
import { createRecordsModel, LOOK_AGAIN_MS, type RecordsModel } from '../../../entrypoints/crm-record/records-model.ts'
import type { CrmRecordsQuery, CrmRecordsReport } from '../../../entrypoints/lib/contract/crm.ts'
import type { User } from '../../../shared/protocol/wire.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { buildCrm, buildRecord, buildRecords } from '../background/crm-record/crm-answers.ts'

const BEA: User = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' }
const SAM: User = { ...BEA, role: 'supervisor', watches: { extensions: 'all', queues: 'all' } }
const NOW_MS = new Date(2026, 5, 5, 12).getTime()

let clock: ManualClock
let asked: CrmRecordsQuery[]
let answers: ((report: CrmRecordsReport) => void)[]
let isSeen: boolean

beforeEach(() => {
  clock = createManualClock(NOW_MS, tick)
  asked = []
  answers = []
  isSeen = true
})

function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

async function open(user: User, first = SHOWN_FIRST): Promise<RecordsModel> {
  const model = createRecordsModel({
    first,
    user: signal(user),
    askCrm: async () => ({ kind: 'given', crm: buildCrm() }),
    askRecords: (query) => {
      asked.push(query)
      return new Promise((resolve) => answers.push(resolve))
    },
    isSeen: () => isSeen,
    clock,
  })
  await tick()
  return model
}

const RECORDS = buildRecords(
  buildRecord({ key: 'k-1', state: 'refused' }),
  buildRecord({ key: 'k-2', state: 'logged' }),
  buildRecord({ key: 'k-3', state: 'waiting' }),
  buildRecord({ key: 'k-4', state: 'ambiguous' }),
)

async function answer(report: CrmRecordsReport = { kind: 'given', answer: RECORDS }, index = answers.length - 1) {
  answers[index]?.(report)
  await tick()
}

describe('the page of records', () => {
  it('begins with the person’s calls of a week that are not logged, and shows other groups without asking', async () => {
    const model = await open(BEA)
    expect(asked).toEqual([{ sinceMs: new Date(2026, 4, 30).getTime(), isMine: true }])
    await answer()
    const keys = () => model.records.value.map(({ key }) => key)
    expect(keys()).toEqual(['k-1', 'k-4'])
    model.show({ group: 'underWay' })
    expect(keys()).toEqual(['k-3'])
    model.show({ group: 'all' })
    expect(keys()).toEqual(['k-1', 'k-2', 'k-3', 'k-4'])
    expect(asked).toHaveLength(1)
  })

  it('asks again for other days, and leaves an answer about earlier ones alone', async () => {
    const model = await open(BEA)
    model.show({ range: 'today' })
    await tick()
    expect(asked.at(-1)?.sinceMs).toBe(new Date(2026, 5, 5).getTime())
    await answer({ kind: 'given', answer: buildRecords() }, 1)
    await answer({ kind: 'given', answer: RECORDS }, 0)
    expect(model.records.value).toEqual([])
    expect(model.isAsking.value).toBe(false)
  })

  it('shows the calls of others to whoever watches them, and to nobody else', async () => {
    const account = { ...SHOWN_FIRST, isAccount: true }
    expect((await open(BEA, account)).others.value).toBeUndefined()
    expect(asked.at(-1)?.isMine).toBe(true)
    expect((await open(SAM, account)).others.value).toBe('account')
    expect((await open({ ...SAM, watches: { extensions: ['400103'], queues: [] } }, account)).others.value).toBe(
      'watched',
    )
    expect(asked.at(-1)?.isMine).toBe(false)
  })

  it('looks again while somebody sees it', async () => {
    await open(BEA)
    await answer()
    isSeen = false
    await clock.moveTo(clock.nowMs() + LOOK_AGAIN_MS)
    expect(asked).toHaveLength(1)
    isSeen = true
    await clock.moveTo(clock.nowMs() + LOOK_AGAIN_MS)
    expect(asked).toHaveLength(2)
  })
})

describe('the address', () => {
  it('survives a reload, and what is wrong in one is ignored', () => {
    const shown = { range: 'days14', group: 'leftOut', isAccount: true } as const
    expect(readAddress(writeAddress(shown))).toEqual(shown)
    expect(readAddress('range=year&group=toString&whose=theirs')).toEqual(SHOWN_FIRST)
  })

  it('means whole days of the calendar', () => {
    expect(new Date(startOfRange('days14', NOW_MS))).toEqual(new Date(2026, 4, 23))
  })
})
