import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OUTCOMES } from '../../shared/call/outcome.ts'
import { type FinishedCall, mergeAllTallies, tallyCalls } from '../../shared/metrics/tally.ts'
import { createCalendar } from '../../shared/metrics/tally-calendar.ts'
import { numberKey } from '../../shared/number/key.ts'
import { GROUPINGS, type Grouping, mergeGroupedTallies, tallyBy } from './tally-by.ts'
import { anyTimes, NO_TIMES } from './times.ts'

const berlin = { timeZone: 'Europe/Berlin', country: 'DE' }

const call = (fields: Partial<FinishedCall>): FinishedCall => ({
  startedMs: Date.UTC(2026, 5, 14, 9),
  direction: 'Inbound',
  outcome: 'answered',
  queueName: undefined,
  phoneNumber: '+493012345678',
  ...NO_TIMES,
  ringMs: 4000,
  talkMs: 60_000,
  isEstimate: false,
  ...fields,
})

const anyCall: fc.Arbitrary<FinishedCall> = fc.record({
  // Two weeks around the end of summer time, so that days and hours recur.
  startedMs: fc.integer({ min: Date.UTC(2026, 9, 18), max: Date.UTC(2026, 10, 2) }),
  direction: fc.constantFrom('Inbound', 'Outbound'),
  outcome: fc.constantFrom(...OUTCOMES),
  queueName: fc.constantFrom(undefined, 'Support', 'null', '"'),
  phoneNumber: fc.constantFrom(undefined, 'anonymous', '+493012345678', '030 12345678', '102', '*801', '+14085550123'),
  ...anyTimes(fc.nat(60_000)),
  talkMs: fc.nat(600_000),
  holdMs: fc.constantFrom(0, 2393),
  isEstimate: fc.boolean(),
})
const anyZone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu')
const anyGroupings = fc.subarray([...GROUPINGS])

const groupsOf = (calls: readonly FinishedCall[], groupings: readonly Grouping[]) =>
  [...tallyBy(calls, groupings, berlin).values()].map(({ values, tally }) => [values, tally.calls])

describe('calls grouped', () => {
  it('by day belong to the day they began, where the agent is', () => {
    const calls = ['2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z']
    expect(
      groupsOf(
        calls.map((instant) => call({ startedMs: Date.parse(instant) })),
        ['day'],
      ),
    ).toEqual([
      [{ day: '2026-03-28' }, 1],
      [{ day: '2026-03-29' }, 2],
      [{ day: '2026-03-30' }, 1],
    ])
  })

  it('by number are together however the number is spelled, and all withheld ones are one group', () => {
    const numbers = ['+493012345678', '030 12345678', '102', undefined, 'anonymous']
    expect(
      groupsOf(
        numbers.map((phoneNumber) => call({ phoneNumber })),
        ['number'],
      ),
    ).toEqual([
      [{ number: 'tel:+493012345678' }, 2],
      [{ number: 'ext:102' }, 1],
      [{ number: undefined }, 2],
    ])
  })

  it('by queue do not take a queue called null for none', () => {
    expect(groupsOf([call({ queueName: 'null' }), call({})], ['queue'])).toEqual([
      [{ queue: 'null' }, 1],
      [{ queue: undefined }, 1],
    ])
  })

  it('by several things have a key that does not depend on the order in which these were given', () => {
    const calls = [call({}), call({ direction: 'Outbound', outcome: 'cancelled' })]
    const keys = [...tallyBy(calls, ['hour', 'outcome', 'direction'], berlin).keys()]
    expect(keys).toEqual(['[11,"Inbound","answered"]', '[11,"Outbound","cancelled"]'])
    expect([...tallyBy(calls, ['direction', 'outcome', 'hour'], berlin).keys()]).toEqual(keys)
  })

  it('by nothing are one group', () => {
    expect(groupsOf([call({}), call({})], [])).toEqual([[{}, 2]])
  })
})

/** What one call has of each thing to group by. */
function classify(one: FinishedCall, groupings: readonly Grouping[], timeZone: string): object {
  const calendar = createCalendar(timeZone)
  const all = {
    day: calendar.dayOf(one.startedMs),
    hour: calendar.hourOf(one.startedMs),
    direction: one.direction,
    outcome: one.outcome,
    queue: one.queueName,
    number: numberKey(one.phoneNumber, 'DE').key,
  }
  return Object.fromEntries(groupings.map((grouping) => [grouping, all[grouping]]))
}

describe('for all calls and groupings', () => {
  it('every call is in exactly the group that has its values', () => {
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 40 }), anyGroupings, anyZone, (calls, groupings, timeZone) => {
        const groups = [...tallyBy(calls, groupings, { timeZone, country: 'DE' }).values()]
        const classes = calls.map((one) => JSON.stringify(classify(one, groupings, timeZone)))
        expect(groups.length).toBe(new Set(classes).size)
        for (const { values, tally } of groups) {
          const theirs = calls.filter((_, index) => classes[index] === JSON.stringify(values))
          expect(tally).toEqual(tallyCalls(theirs))
        }
      }),
    )
  })

  it('the groups add up to the whole', () => {
    fc.assert(
      fc.property(fc.array(anyCall), anyGroupings, anyZone, (calls, groupings, timeZone) => {
        const groups = [...tallyBy(calls, groupings, { timeZone, country: 'DE' }).values()]
        expect(mergeAllTallies(groups.map(({ tally }) => tally))).toEqual(tallyCalls(calls))
      }),
    )
  })

  it('parts grouped and merged are the whole grouped', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyCall, fc.nat(3))), anyGroupings, (parted, groupings) => {
        const parts = [0, 1, 2, 3].map((part) => parted.filter(([, of]) => of === part).map(([one]) => one))
        const merged = mergeGroupedTallies(parts.map((part) => tallyBy(part, groupings, berlin)))
        const whole = tallyBy(
          parted.map(([one]) => one),
          groupings,
          berlin,
        )
        expect(new Map([...merged].sort(byKey))).toEqual(new Map([...whole].sort(byKey)))
      }),
    )
  })
})

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
