import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isFinished } from '../../../../entrypoints/lib/store/finished.ts'
import { openPersonStore, type PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { followTimeZone } from '../../../../entrypoints/lib/store/write-days.ts'
import { OUTCOMES } from '../../../../shared/call/outcome.ts'
import { tallyBy } from '../../../../shared/metrics/tally-by.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { HOUR_MS } from '../../../../shared/time.ts'

/** The tallies of days are what counting the stored calls afresh would give, whatever came in and in whatever order. */

const user = { accountId: '400100', extensionId: '400102', name: 'Bea Lindqvist', role: 'agent' } as const
const BERLIN = { calendar: createCalendar('Europe/Berlin'), timeZone: 'Europe/Berlin' }
const TOKYO = { calendar: createCalendar('Asia/Tokyo'), timeZone: 'Asia/Tokyo' }
/** Two hours before the clocks of Berlin go forward. */
const NIGHT_MS = Date.parse('2026-03-28T23:00:00Z')

let store: PersonStore
beforeEach(async () => {
  store = await openPersonStore(user)
})
afterEach(async () => {
  await Promise.all([store.clear('calls'), store.clear('days')])
  store.close()
})

const someRow: fc.Arbitrary<CallRow> = fc.record({
  telephonySessionId: fc.constantFrom('s-1', 's-2', 's-3', 's-4'),
  partyId: fc.constant('p-1'),
  direction: fc.constantFrom('Inbound', 'Outbound'),
  phase: fc.constantFrom('ringing', 'ended'),
  phaseSinceMs: fc.constant(NIGHT_MS),
  startedMs: fc.nat(48).map((hours) => NIGHT_MS + hours * HOUR_MS),
  name: fc.constant(undefined),
  phoneNumber: fc.constant(undefined),
  queueName: fc.constant(undefined),
  parkedAt: fc.constant(undefined),
  isMuted: fc.constant(false),
  recordings: fc.constant([]),
  outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }),
  ringMs: fc.nat(9),
  talkMs: fc.nat(9),
  holdMs: fc.nat(9),
  twoWayTalkMs: fc.constant(undefined),
  callerWaitMs: fc.constant(undefined),
  peerIds: fc.constant([]),
  isEstimate: fc.boolean(),
  missingSequences: fc.constant([]),
  delayMs: fc.constant(0),
  shownUntilMs: fc.constant(undefined),
  isDismissed: fc.constant(false),
  isFolded: fc.constant(false),
})

const write = (calls: readonly CallRow[], context = BERLIN) =>
  writeChange(store, { events: [], statuses: [], calls, cursor: undefined }, context)

/** What the stored days say, and what the stored calls add up to. */
async function compare(timeZone: string): Promise<void> {
  const [days, rows] = await Promise.all([store.getAll('days'), store.getAll('calls')])
  const counted = days.flatMap(({ day, hours }) => hours.map(({ hour, tally }) => ({ values: { day, hour }, tally })))
  const afresh = tallyBy(rows.filter(isFinished), ['day', 'hour'], { timeZone, country: '' })
  const order = (a: { readonly values: object }, b: { readonly values: object }) =>
    JSON.stringify(a.values) < JSON.stringify(b.values) ? -1 : 1
  expect(counted.toSorted(order)).toEqual([...afresh.values()].toSorted(order))
}

describe('tallies of days', () => {
  it('are what counting afresh gives, after any calls in any frames, changed by late events or not', async () => {
    await fc.assert(
      fc
        .asyncProperty(fc.array(fc.array(someRow, { maxLength: 5 }), { maxLength: 8 }), async (frames) => {
          for (const frame of frames) {
            // One frame has one row a call.
            await write([...new Map(frame.map((row) => [row.telephonySessionId, row])).values()])
          }
          await compare(BERLIN.timeZone)
        })
        .beforeEach(() => Promise.all([store.clear('calls'), store.clear('days')])),
      { numRuns: 60 },
    )
  })

  it('follow a late event that moves a call to the day before', async () => {
    const [row] = fc.sample(someRow, { numRuns: 1, seed: 3 })
    if (row === undefined) throw new Error('there should be a row')
    const ended = { ...row, outcome: 'answered' as const, startedMs: Date.parse('2026-03-28T23:05:00Z') }
    await write([ended])
    expect(await store.getAllKeys('days')).toEqual(['2026-03-29'])
    await write([{ ...ended, startedMs: Date.parse('2026-03-28T22:55:00Z') }])
    expect(await store.getAllKeys('days')).toEqual(['2026-03-28'])
  })

  it('are counted again where the person is now', async () => {
    await write(
      fc.sample(someRow, { numRuns: 40, seed: 4 }).map((row, index) => ({ ...row, telephonySessionId: `s-${index}` })),
    )
    await compare(BERLIN.timeZone)
    await followTimeZone(store, TOKYO)
    await compare(TOKYO.timeZone)
    expect(new Set((await store.getAll('days')).map(({ timeZone }) => timeZone))).toEqual(new Set(['Asia/Tokyo']))
  })
})
