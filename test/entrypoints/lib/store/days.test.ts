import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DayContext } from '../../../../entrypoints/lib/store/day-context.ts'
import { packDay, unpackDay } from '../../../../entrypoints/lib/store/day-packs.ts'
import { type FinishedRow, isFinished } from '../../../../entrypoints/lib/store/finished.ts'
import type { PersonStore } from '../../../../entrypoints/lib/store/open.ts'
import { openPersonStore } from '../../../../entrypoints/lib/store/open-writable.ts'
import type { CallRow, PackedDay } from '../../../../entrypoints/lib/store/schema.ts'
import { writeChange } from '../../../../entrypoints/lib/store/write.ts'
import { followTimeZone } from '../../../../entrypoints/lib/store/write-days.ts'
import { letCallsGo } from '../../../../entrypoints/lib/store/write-retention.ts'
import { OUTCOMES } from '../../../../shared/call/outcome.ts'
import { TALLIED_FIGURES, timeField } from '../../../../shared/metrics/figures.ts'
import { tallyCalls } from '../../../../shared/metrics/tally.ts'
import { createCalendar } from '../../../../shared/metrics/tally-calendar.ts'
import { HOUR_MS } from '../../../../shared/time.ts'
import { anyTimes } from '../../../support/times.ts'
import { buildRow } from './row.ts'

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

const someCall: fc.Arbitrary<CallRow> = fc.record({
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
  ...anyTimes(fc.nat(9)),
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
/** What was a call may turn out to be a part of one, and the other way round. */
const someRow: fc.Arbitrary<CallRow> = fc
  .tuple(someCall, fc.boolean())
  .map(([row, isPart]) => (isPart ? { ...row, part: { kind: 'consultation', ofId: 's-9' } } : row))

const write = (calls: readonly CallRow[], context: DayContext = BERLIN) =>
  writeChange(store, { events: [], statuses: [], calls, cursor: undefined }, context)

/** What the stored days say, and what the stored calls add up to. */
async function compare({ calendar }: DayContext): Promise<void> {
  const [packed, rows] = await Promise.all([store.getAll('days'), store.getAll('calls')])
  const days = packed.map(unpackDay)
  const counted = days.flatMap(({ day, hours }) => hours.map(({ hour, tally }) => [`${day} ${hour}`, tally] as const))
  const afresh = new Map<string, FinishedRow[]>()
  for (const row of rows.filter(isFinished)) {
    const slot = `${calendar.dayOf(row.startedMs)} ${calendar.hourOf(row.startedMs)}`
    afresh.set(slot, [...(afresh.get(slot) ?? []), row])
  }
  expect(Object.fromEntries(counted)).toEqual(
    Object.fromEntries([...afresh].map(([slot, calls]) => [slot, tallyCalls(calls)])),
  )
  expect(counted).toHaveLength(afresh.size)
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
          await compare(BERLIN)
        })
        .beforeEach(() => Promise.all([store.clear('calls'), store.clear('days')])),
      { numRuns: 60 },
    )
  })

  it('follow a late event that moves a call to the day before', async () => {
    const [row] = fc.sample(someCall, { numRuns: 1, seed: 3 })
    if (row === undefined) throw new Error('there should be a row')
    const ended = { ...row, outcome: 'answered' as const, startedMs: Date.parse('2026-03-28T23:05:00Z') }
    await write([ended])
    expect(await store.getAllKeys('days')).toEqual(['2026-03-29'])
    await write([{ ...ended, startedMs: Date.parse('2026-03-28T22:55:00Z') }])
    expect(await store.getAllKeys('days')).toEqual(['2026-03-28'])
  })

  it.each(TALLIED_FIGURES)('follow a late event that changes nothing of a call but its %s', async (figure) => {
    await write([aCall({ telephonySessionId: 's-1' })])
    await write([aCall({ telephonySessionId: 's-1', [timeField(figure)]: 77 })])
    const days = (await store.getAll('days')).map(unpackDay)
    expect(days.flatMap(({ hours }) => hours.map(({ tally }) => tally.distributions[figure]))).toEqual([
      { sortedMs: [77] },
    ])
  })

  it('are counted again where the person is now', async () => {
    await write(
      fc.sample(someRow, { numRuns: 40, seed: 4 }).map((row, index) => ({ ...row, telephonySessionId: `s-${index}` })),
    )
    await compare(BERLIN)
    await followTimeZone(store, TOKYO)
    await compare(TOKYO)
  })
})

/** Berlin as a browser might know it that was brought up to date: the same name, and summer two hours ahead of winter. */
const OTHER_RULES = { calendar: createCalendar('Antarctica/Troll'), timeZone: 'Europe/Berlin' }

const aCall = (fields: Partial<CallRow> & Pick<CallRow, 'telephonySessionId'>) =>
  buildRow({ startedMs: NIGHT_MS, ringMs: 5, talkMs: 9, ...fields })

describe('tallies of days whose zone has other rules than when they were counted', () => {
  const anyContext = fc.constantFrom<DayContext>(BERLIN, TOKYO, OTHER_RULES)
  const anyFrames = fc.array(fc.tuple(anyContext, fc.array(someRow, { maxLength: 4 }), fc.boolean()), { maxLength: 8 })

  it('are what counting afresh gives, whatever the rules were when each call came in, changed and went', async () => {
    await fc.assert(
      fc
        .asyncProperty(anyFrames, async (frames) => {
          for (const [context, frame, isPruned] of frames) {
            await write([...new Map(frame.map((row) => [row.telephonySessionId, row])).values()], context)
            if (frame.length > 0) await compare(context)
            if (!isPruned) continue
            const gone = await letCallsGo(store, NIGHT_MS + 12 * HOUR_MS, context)
            if (gone > 0) await compare(context)
          }
        })
        .beforeEach(() => Promise.all([store.clear('calls'), store.clear('days')])),
      { numRuns: 60 },
    )
  })

  it('are counted again when the browser starts, and not when nothing is different', async () => {
    await write([aCall({ telephonySessionId: 's-1', startedMs: Date.parse('2026-06-30T21:30:00Z') })])
    await followTimeZone(store, OTHER_RULES)
    await compare(OTHER_RULES)
    const [day] = await store.getAll('days')
    const marked = { ...day, day: '2000-01-01' }
    await store.put('days', marked)
    await followTimeZone(store, OTHER_RULES)
    expect(await store.get('days', '2000-01-01')).toEqual(marked)
  })

  it('are counted again where an earlier version counted them, which told less apart', async () => {
    await write([aCall({ telephonySessionId: 's-1' })])
    const [day] = await store.getAll('days')
    const { countedBy: _, packed: __, ...earlier } = day as PackedDay
    await store.put('days', earlier)
    await write([aCall({ telephonySessionId: 's-2' })])
    await compare(BERLIN)
  })

  it('are counted again when a call that goes was never counted', async () => {
    await write([aCall({ telephonySessionId: 's-1' }), aCall({ telephonySessionId: 's-2' })])
    const [day] = await store.getAll('days')
    await store.put('days', packDay({ ...(day as PackedDay), hours: [] }))
    await write([aCall({ telephonySessionId: 's-1', talkMs: 8 })])
    await compare(BERLIN)
  })
})

describe('a call, its day and how far the log was taken in', () => {
  const cursor = { relayUrl: 'https://relay.example.com', epoch: 'a', position: 7 }
  const broken = {
    timeZone: 'Europe/Berlin',
    calendar: {
      ...BERLIN.calendar,
      rules: BERLIN.calendar.rules,
      dayOf: () => {
        throw new RangeError('no such day')
      },
    },
  }
  const all = async () => [await store.getAll('calls'), await store.getAll('days'), await store.getAll('cursors')]

  it('are written together or not at all, also when our own counting fails', async () => {
    await write([aCall({ telephonySessionId: 's-1' })])
    const before = await all()
    const change = { events: [], statuses: [], calls: [aCall({ telephonySessionId: 's-2' })], cursor }
    await expect(writeChange(store, change, broken)).rejects.toThrow('no such day')
    expect(await all()).toEqual(before)
  })

  it('go together or not at all', async () => {
    await write([aCall({ telephonySessionId: 's-1' })])
    const before = await all()
    await expect(letCallsGo(store, NIGHT_MS + HOUR_MS, broken)).rejects.toThrow('no such day')
    expect(await all()).toEqual(before)
  })
})
