import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFinished } from '../../entrypoints/lib/store/finished.ts'
import { measureDistribution } from '../../shared/metrics/distribution.ts'
import type { FinishedCall, Tally } from '../../shared/metrics/tally.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { truthOf } from '../bench/tracker/truth.ts'
import { mergeGroupedTallies, tallyBy } from '../support/tally-by.ts'
import { listRows } from './rows.ts'
import { planYear, type YearOptions } from './year.ts'

/** The tallies of invented weeks against counts made here by plain loops, over the days on which clocks change too. */

const AGENT = '400102'

const someYear: fc.Arbitrary<YearOptions> = fc.record({
  calls: fc.integer({ min: 1, max: 120 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  fromMs: fc.constantFrom(Date.UTC(2026, 2, 23), Date.UTC(2026, 9, 19), Date.UTC(2025, 11, 29)),
  days: fc.integer({ min: 1, max: 14 }),
  extensionId: fc.constant(AGENT),
})
const someZone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland')

interface Count {
  calls: number
  answered: number
  missed: number
  ringMs: number
  talkMs: number
  holdMs: number
  mostHoldMs: number
  longestHoldMs: number
  answeredWithin10: number
}

/** Counts one call after the other, by whatever tells them apart. */
function countBy(calls: readonly FinishedCall[], keyOf: (call: FinishedCall) => string): Map<string, Count> {
  const counts = new Map<string, Count>()
  for (const call of calls) {
    const key = keyOf(call)
    let count = counts.get(key)
    if (count === undefined) {
      count = {
        calls: 0,
        answered: 0,
        missed: 0,
        ringMs: 0,
        talkMs: 0,
        holdMs: 0,
        mostHoldMs: 0,
        longestHoldMs: 0,
        answeredWithin10: 0,
      }
      counts.set(key, count)
    }
    const { outcome, direction, ringMs, talkMs, holdMs, longestHoldMs } = call
    const isAnswered = outcome === 'answered' || outcome === 'parked' || (outcome === 'transferred' && talkMs > 0)
    count.calls += 1
    if (isAnswered) count.answered += 1
    if (direction === 'Inbound' && (outcome === 'missed' || outcome === 'callerGaveUp')) count.missed += 1
    if (direction === 'Inbound' && isAnswered && ringMs <= 10_000) count.answeredWithin10 += 1
    count.ringMs += ringMs
    count.talkMs += talkMs
    count.holdMs += holdMs
    if (holdMs > count.mostHoldMs) count.mostHoldMs = holdMs
    if ((longestHoldMs ?? 0) > count.longestHoldMs) count.longestHoldMs = longestHoldMs ?? 0
  }
  return counts
}

/** The same figures as a tally has them. */
function readTally(tally: Tally): Count {
  const { ring, talk, hold, longestHold } = tally.distributions
  return {
    calls: tally.calls,
    answered: tally.answered,
    missed: tally.missed,
    ringMs: measureDistribution(ring).sumMs,
    talkMs: measureDistribution(talk).sumMs,
    holdMs: measureDistribution(hold).sumMs,
    mostHoldMs: measureDistribution(hold).longestMs ?? 0,
    longestHoldMs: measureDistribution(longestHold).longestMs ?? 0,
    answeredWithin10: selectAnsweredWithin(tally, 10_000).count,
  }
}

it('count what plain loops count, by day and hour, queue, direction, outcome and number', () => {
  fc.assert(
    fc.property(someYear, someZone, (options, timeZone) => {
      const calls = listRows(planYear(options), AGENT).filter(isFinished)
      const parts = new Intl.DateTimeFormat('sv-SE', {
        timeZone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
      })
      const keys = {
        day: ({ startedMs }: FinishedCall) => parts.format(startedMs).slice(0, 10),
        hour: ({ startedMs }: FinishedCall) => Number(parts.format(startedMs).slice(11, 13)),
        queue: ({ queueName }: FinishedCall) => queueName,
        direction: ({ direction }: FinishedCall) => direction,
        outcome: ({ outcome }: FinishedCall) => outcome,
      }
      for (const groupings of [['day'], ['day', 'hour'], ['queue'], ['direction', 'outcome']] as const) {
        const grouped = tallyBy(calls, groupings, { timeZone, country: 'US' })
        const told = new Map([...grouped].map(([key, { tally }]) => [key, readTally(tally)]))
        expect(told).toEqual(countBy(calls, (call) => JSON.stringify(groupings.map((by) => keys[by](call)))))
      }
      const numbers = [...tallyBy(calls, ['number'], { timeZone, country: 'US' }).values()]
      const counted = [...countBy(calls, ({ phoneNumber = 'withheld' }) => phoneNumber).values()]
      const inOrder = (counts: readonly Count[]) => counts.map((count) => JSON.stringify(count)).sort()
      expect(inOrder(numbers.map(({ tally }) => readTally(tally)))).toEqual(inOrder(counted))
    }),
    { numRuns: 25 },
  )
})

it('add up to the same whether a year is counted at once or merged from its weeks', () => {
  fc.assert(
    fc.property(someYear, fc.integer({ min: 1, max: 5 }), (options, pieces) => {
      const calls = listRows(planYear(options), AGENT).filter(isFinished)
      const context = { timeZone: 'Europe/Berlin', country: 'US' }
      const merged = mergeGroupedTallies(
        Array.from({ length: pieces }, (_, piece) =>
          tallyBy(
            calls.filter((_call, index) => index % pieces === piece),
            ['direction'],
            context,
          ),
        ),
      )
      expect(merged).toEqual(tallyBy(calls, ['direction'], context))
    }),
    { numRuns: 15 },
  )
})

it('rest on what the agent really did: ring, talk and hold of calls to them are those of their plan', () => {
  const plans = planYear({ calls: 400, seed: 11, fromMs: Date.UTC(2026, 0, 5), days: 30, extensionId: AGENT })
  const rows = new Map(listRows(plans, AGENT).map((row) => [row.telephonySessionId, row]))
  let compared = 0
  for (const plan of plans) {
    const mine = plan.parties.filter(({ extensionId }) => extensionId === AGENT)
    const [party] = mine
    if (party === undefined || mine.length > 1 || party.direction !== 'Inbound') continue
    const spent = truthOf(plan).get(party.id)?.spent
    const row = rows.get(plan.telephonySessionId)
    expect([row?.ringMs, row?.talkMs, row?.holdMs]).toEqual([spent?.ring, spent?.talk, spent?.hold])
    compared += 1
  }
  expect(compared).toBeGreaterThan(200)
})
