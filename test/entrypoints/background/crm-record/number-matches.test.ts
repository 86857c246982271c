import { beforeEach, describe, expect, it } from 'vitest'
import {
  createNumberMatches,
  MATCHES_LIFE_MS,
  MATCHES_RETRY_MS,
  type NumberMatches,
} from '../../../../entrypoints/background/crm-record/number-matches.ts'
import type { CrmMatchesAnswer } from '../../../../shared/protocol/http/crm.ts'
import { eventually } from '../../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { ADA_KEY, buildRow, withholdNumber } from '../caller/row.ts'
import { ADA, buildMatches } from './crm-answers.ts'

const ROW = buildRow({ telephonySessionId: 's-1', startedMs: 0 })

let clock: ManualClock
let asked: string[]
let answer: CrmMatchesAnswer | undefined
let kept: [string, CrmMatchesAnswer][]
let changes: number
let matches: NumberMatches

beforeEach(() => {
  clock = createManualClock()
  asked = []
  answer = buildMatches(ADA)
  kept = []
  changes = 0
  matches = createNumberMatches({
    client: {
      matches: async (number) => {
        asked.push(number)
        return answer
      },
    },
    clock,
    keep: async (...what) => void kept.push(what),
    onChanged: () => changes++,
  })
})

const told = () => eventually(() => expect(matches.of(ROW)).toBeDefined())

describe('whom the CRM has under the number of a call', () => {
  it('is there when the relay has answered, is kept, and is asked for once', async () => {
    expect(matches.of(ROW)).toBeUndefined()
    matches.look([ROW])
    matches.look([ROW])
    expect(matches.of(ROW)).toBeUndefined()
    await told()
    matches.look([ROW])
    expect(asked).toEqual(['+14085550123'])
    expect(matches.of(ROW)).toEqual(buildMatches(ADA))
    expect(kept).toEqual([[ADA_KEY, buildMatches(ADA)]])
    expect(changes).toBe(1)
  })

  it('is asked for again when it is old, and stays what it was while it is the same', async () => {
    matches.look([ROW])
    await told()
    clock.advance(MATCHES_LIFE_MS - 1)
    matches.look([ROW])
    expect(asked).toHaveLength(1)
    clock.advance(1)
    matches.look([ROW])
    expect(asked).toHaveLength(2)
    expect(matches.of(ROW)).toEqual(buildMatches(ADA))
    await Promise.resolve()
    expect(changes).toBe(1)
  })

  it('is asked for again soon after no answer', async () => {
    answer = undefined
    matches.look([ROW])
    await Promise.resolve()
    clock.advance(MATCHES_RETRY_MS - 1)
    matches.look([ROW])
    expect(asked).toHaveLength(1)
    answer = buildMatches(ADA)
    clock.advance(1)
    matches.look([ROW])
    await told()
    expect(asked).toHaveLength(2)
  })

  it('is nobody’s business for colleagues and withheld numbers', () => {
    matches.look([
      buildRow({ telephonySessionId: 's-2', startedMs: 0, numberKey: 'ext:102', phoneNumber: '102' }),
      withholdNumber(ROW),
    ])
    expect(asked).toEqual([])
  })

  it('is forgotten with its call, also by an answer that comes late', async () => {
    matches.look([ROW])
    matches.look([])
    await Promise.resolve()
    expect(matches.of(ROW)).toBeUndefined()
    expect(changes).toBe(0)
    matches.look([ROW])
    await told()
    expect(asked).toHaveLength(2)
  })
})
