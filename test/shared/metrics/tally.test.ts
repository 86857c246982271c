import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMissed } from '../../../shared/call/missed.ts'
import { OUTCOMES } from '../../../shared/call/outcome.ts'
import { measureDistribution } from '../../../shared/metrics/distribution.ts'
import {
  countOther,
  emptyTally,
  type FinishedCall,
  isAnswered,
  mergeAllTallies,
  mergeTallies,
  tallyCalls,
} from '../../../shared/metrics/tally.ts'
import { selectAnsweredWithin } from '../../../shared/metrics/tally-within.ts'
import { anyTimes, NO_TIMES } from '../../support/times.ts'

const answeredCall: FinishedCall = {
  startedMs: Date.UTC(2026, 5, 14, 9),
  direction: 'Inbound',
  outcome: 'answered',
  queueName: undefined,
  phoneNumber: '+14085550123',
  ...NO_TIMES,
  ringMs: 7345,
  talkMs: 12_414,
  holdMs: 2393,
  longestHoldMs: 2000,
  isEstimate: false,
}
const call = (fields: Partial<FinishedCall>): FinishedCall => ({ ...answeredCall, ...fields })
const noHold = { holdMs: 0, longestHoldMs: 0 }
const notTaken = { talkMs: 0, ...noHold }

const anyCall: fc.Arbitrary<FinishedCall> = fc.record({
  startedMs: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
  direction: fc.constantFrom('Inbound', 'Outbound'),
  outcome: fc.constantFrom(...OUTCOMES),
  queueName: fc.constantFrom(undefined, 'Support', 'Sales'),
  phoneNumber: fc.constantFrom(undefined, '+14085550123', '102'),
  ...anyTimes(fc.nat(60_000)),
  talkMs: fc.nat(600_000),
  holdMs: fc.constantFrom(0, 0, 2393),
  isEstimate: fc.boolean(),
})

describe('a tally', () => {
  const tally = tallyCalls([
    answeredCall,
    call({ outcome: 'transferred', ringMs: 655, talkMs: 586, ...noHold, isEstimate: true }),
    call({ outcome: 'parked', ringMs: 0, talkMs: 1000, ...noHold }),
    call({ outcome: 'transferred', ringMs: 3000, ...notTaken }),
    call({ outcome: 'missed', ringMs: 4000, ...notTaken }),
    call({ outcome: 'callerGaveUp', ringMs: 1000, ...notTaken }),
    call({ outcome: 'answeredElsewhere', ringMs: 2000, ...notTaken }),
    call({ outcome: 'fax', ringMs: 0, ...notTaken }),
    call({ direction: 'Outbound', outcome: 'answered', ringMs: 9000, talkMs: 20_000, ...noHold }),
    call({ direction: 'Outbound', outcome: 'missed', ringMs: 30_000, ...notTaken }),
  ])

  it('counts every outcome, those that did not occur as none', () => {
    expect(tally.outcomes).toEqual({
      answered: 2,
      missed: 2,
      notPlaced: 0,
      replied: 0,
      answeredElsewhere: 1,
      rejected: 0,
      voicemail: 0,
      callerGaveUp: 1,
      transferred: 2,
      parked: 1,
      cancelled: 0,
      busy: 0,
      failed: 0,
      fax: 1,
    })
    expect(tally.calls).toBe(10)
    expect(tally.estimates).toBe(1)
  })

  it('takes a call for answered when somebody talked, not when it was sent on while it rang', () => {
    expect(tally.answered).toBe(4)
  })

  it('takes a call for missed only when it came in', () => {
    expect(tally.missed).toBe(2)
  })

  it('leaves faxes and what a colleague took out of what was offered', () => {
    expect(tally.offered).toBe(6)
  })

  it('measures over the calls in which it happened', () => {
    expect(measureDistribution(tally.distributions.ring)).toMatchObject({ count: 8, sumMs: 57_000, meanMs: 7125 })
    expect(measureDistribution(tally.distributions.talk)).toMatchObject({
      count: 4,
      sumMs: 34_000,
      meanMs: 8500,
      medianMs: 6707,
    })
    expect(measureDistribution(tally.distributions.hold)).toMatchObject({ count: 1, sumMs: 2393, longestMs: 2393 })
    expect(tally.distributions.longestHold).toEqual({ sortedMs: [2000] })
  })

  it('leaves out what is not known of a call', () => {
    expect(tallyCalls([call({ longestHoldMs: undefined })]).distributions).toEqual({
      ...tallyCalls([answeredCall]).distributions,
      longestHold: { sortedMs: [] },
    })
  })

  it.each([
    [0, { count: 1, shareOfAnswered: 1 / 3, shareOfOffered: 1 / 6 }],
    [655, { count: 2, shareOfAnswered: 2 / 3, shareOfOffered: 2 / 6 }],
    [7344, { count: 2, shareOfAnswered: 2 / 3, shareOfOffered: 2 / 6 }],
    [20_000, { count: 3, shareOfAnswered: 1, shareOfOffered: 3 / 6 }],
  ])('tells how many incoming calls were answered within %i ms', (limitMs, expected) => {
    expect(selectAnsweredWithin(tally, limitMs)).toEqual(expected)
  })

  it('of no calls has no shares, and nothing in it', () => {
    expect(tallyCalls([])).toEqual(emptyTally)
    expect(selectAnsweredWithin(emptyTally, 20_000)).toEqual({
      count: 0,
      shareOfAnswered: undefined,
      shareOfOffered: undefined,
    })
  })

  it('comes back from JSON as it was', () => {
    fc.assert(
      fc.property(fc.array(anyCall), (calls) => {
        const one = tallyCalls(calls)
        expect(JSON.parse(JSON.stringify(one))).toEqual(one)
      }),
    )
  })
})

it('F12 answered, missed and other add up to the calls, and the outcomes do', () => {
  fc.assert(
    fc.property(fc.array(anyCall), (calls) => {
      const one = tallyCalls(calls)
      expect(one.answered + one.missed + countOther(one)).toBe(calls.length)
      const isOther = (call: FinishedCall) => !isAnswered(call) && !isMissed(call)
      expect(countOther(one)).toBe(calls.filter(isOther).length)
      expect(Object.values(one.outcomes).reduce((sum, count) => sum + count, 0)).toBe(calls.length)
    }),
  )
})

describe('merging', () => {
  it('any partition of a list gives the tally of the list', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyCall, fc.nat(5))), (parted) => {
        const parts = [0, 1, 2, 3, 4, 5].map((part) => parted.filter(([, of]) => of === part).map(([one]) => one))
        expect(mergeAllTallies(parts.map(tallyCalls))).toEqual(tallyCalls(parted.map(([one]) => one)))
      }),
    )
  })

  it('is associative and commutative, and an empty tally changes nothing', () => {
    const anyTally = fc.array(anyCall).map(tallyCalls)
    fc.assert(
      fc.property(anyTally, anyTally, anyTally, (a, b, c) => {
        expect(mergeTallies(mergeTallies(a, b), c)).toEqual(mergeTallies(a, mergeTallies(b, c)))
        expect(mergeTallies(a, b)).toEqual(mergeTallies(b, a))
        expect(mergeTallies(a, emptyTally)).toEqual(a)
        expect(mergeTallies(emptyTally, a)).toEqual(a)
      }),
    )
  })

  it('changes neither', () => {
    fc.assert(
      fc.property(fc.array(anyCall), fc.array(anyCall), (some, others) => {
        const a = tallyCalls(some)
        const b = tallyCalls(others)
        const before = structuredClone([a, b])
        mergeTallies(a, b)
        expect([a, b]).toEqual(before)
      }),
    )
  })

  it('of nothing is the empty tally', () => {
    expect(mergeAllTallies([])).toEqual(emptyTally)
  })
})
