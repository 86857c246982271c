import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLiveAccount, type LiveAccount } from '../../../shared/live/account.ts'
import { readTotals, tellExtension, tellQueue } from '../../../shared/live/told-totals.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import type { CallRecord } from '../../../shared/protocol/stream-line.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { describeAccount, followAccount, SALES, sessionOf, toldAs } from '../../support/live.ts'
import { anyAnswers, plannedCall, wildEvents } from '../../support/random-calls.ts'
import { loadStream, STREAM_NAMES } from '../../support/streams.ts'
import { ALL_SCENARIOS } from '../../support/tied-scenarios.ts'
import { decodeTiedSessions } from '../../support/tied-sessions.ts'
import { type Told as Arrived, anyArrival } from '../../support/told.ts'

/** What holds for an account however its events arrive, and whenever what is over leaves. */

const TIED = ALL_SCENARIOS.map(([, tied]) => tied)

/** Some calls of a company, with answers of the platform among them, in any order and repeated. */
function anyCompany(): fc.Arbitrary<readonly Arrived[]> {
  const one = fc.oneof(
    fc.constantFrom(...STREAM_NAMES).map(loadStream),
    plannedCall().map(({ events }) => events),
    fc.constantFrom(...TIED).map(decodeTiedSessions),
    wildEvents(),
  )
  return fc
    .array(
      one.chain((events) => anyAnswers(events).map((answers) => [...events, ...answers].map(shiftFrom(events)))),
      { minLength: 1, maxLength: 2 },
    )
    .chain((parts) => anyArrival(parts.flat()))
}

/** Moves what is told of a call of any year to the morning on which all of them happen. */
function shiftFrom(events: readonly TelephonyNotification[]): (one: Arrived) => Arrived {
  const byMs = MORNING_MS - Math.min(...events.map(({ eventTimeMs }) => eventTimeMs))
  return (one) =>
    'asOfMs' in one
      ? { ...one, asOfMs: one.asOfMs + byMs }
      : { ...one, eventTimeMs: one.eventTimeMs + byMs, timestampMs: one.timestampMs + byMs }
}

const MORNING_MS = Date.UTC(2026, 2, 2, 15)
/** Of an account in a zone where it falls into the calls. */
const MIDNIGHT_MS = MORNING_MS + 20 * SECOND_MS

/** What is done between two arrivals: time passes, or somebody reads. */
const anyPause = fc.constantFrom('nothing', 'nothing', 'read', 'minutes', 'day')
type Pause = 'nothing' | 'read' | 'minutes' | 'day'

interface Course {
  readonly arrived: readonly Arrived[]
  readonly pauses: readonly Pause[]
}

const anyCourse: fc.Arbitrary<Course> = anyCompany().chain((arrived) =>
  fc.record({
    arrived: fc.constant(arrived),
    pauses: fc.array(anyPause, { minLength: arrived.length, maxLength: arrived.length }),
  }),
)

/** Gives an account what is new as whoever keeps the log does it: what has left is restored from there first. */
function give(account: LiveAccount, log: readonly CallRecord[], told: CallRecord, nowMs: number): void {
  const bring = (id: string): void => {
    if (account.tracks(id)) return
    const ids = new Set(account.tiedTo(id))
    account.restore(
      log.filter((one) => ids.has(sessionOf(one))),
      nowMs,
    )
  }
  bring(sessionOf(told))
  account.take(told)
  for (const id of account.takeUnseen()) bring(id)
}

function latestOf(arrived: readonly Arrived[]): number {
  return Math.max(...arrived.map((one) => ('asOfMs' in one ? one.asOfMs : one.eventTimeMs)))
}

function passTime(nowMs: number, pause: Pause): number {
  return nowMs + (pause === 'minutes' ? 5 * MINUTE_MS : pause === 'day' ? DAY_MS + MINUTE_MS : 0)
}

function recount(arrived: readonly Arrived[], nowMs: number, sinceMs = 0) {
  const account = followAccount(arrived, { sinceMs })
  account.forget(nowMs)
  return describeAccount(account)
}

describe('an account', () => {
  it('B10 is at any time what a full recount comes to', () => {
    fc.assert(
      fc.property(anyCourse, ({ arrived, pauses }) => {
        const account = followAccount([])
        const log: CallRecord[] = []
        let nowMs = latestOf(arrived)
        for (const [index, one] of arrived.entries()) {
          const pause = pauses[index] ?? 'nothing'
          give(account, log, toldAs(one), nowMs)
          log.push(toldAs(one))
          if (pause === 'nothing') continue
          if (pause === 'read') account.takeChanges()
          nowMs = passTime(nowMs, pause)
          account.forget(nowMs)
          if (pause === 'read') continue
          expect(describeAccount(account)).toEqual(recount(arrived.slice(0, index + 1), nowMs))
        }
        nowMs += 3 * MINUTE_MS
        account.forget(nowMs)
        expect(describeAccount(account)).toEqual(recount(arrived, nowMs))
      }),
      { numRuns: 150 },
    )
  })

  it('B8 B10 is over midnight what a full recount of the new day comes to', () => {
    fc.assert(
      fc.property(anyCourse, fc.nat(20), ({ arrived, pauses }, turn) => {
        const account = followAccount([])
        let nowMs = latestOf(arrived)
        let sinceMs = 0
        for (const [index, one] of arrived.entries()) {
          const pause = pauses[index] ?? 'nothing'
          give(account, arrived.slice(0, index).map(toldAs), toldAs(one), nowMs)
          // Midnight comes before anything that happened after it has left.
          if (sinceMs === 0 && (pause !== 'nothing' || index === turn % arrived.length)) {
            sinceMs = MIDNIGHT_MS
            account.beginDay(sinceMs)
          }
          if (pause === 'nothing') continue
          nowMs = passTime(nowMs, pause)
          account.forget(nowMs)
        }
        nowMs += 3 * MINUTE_MS
        account.forget(nowMs)
        expect(describeAccount(account)).toEqual(recount(arrived, nowMs, sinceMs))
      }),
      { numRuns: 150 },
    )
  })

  it('B10 goes on from what was told of it, as a board does', () => {
    const anyCut = anyCompany().chain((arrived) =>
      fc.record({ arrived: fc.constant(arrived), cut: fc.integer({ min: 0, max: arrived.length }) }),
    )
    fc.assert(
      fc.property(anyCut, ({ arrived, cut }) => {
        const nowMs = latestOf(arrived)
        const relay = followAccount(arrived.slice(0, cut))
        relay.forget(nowMs)
        const tracked = new Set(relay.listTracked().flat())
        // What has left on the way is for whoever has the log.
        const later = arrived
          .slice(cut)
          .filter(
            (one) =>
              tracked.has(sessionOf(toldAs(one))) ||
              !arrived.slice(0, cut).some((before) => sessionOf(toldAs(before)) === sessionOf(toldAs(one))),
          )
        const board = createLiveAccount({ sinceMs: 0, isQueueId: (id) => id === SALES })
        board.load(readTotals(JSON.parse(JSON.stringify(tellTotals(relay)))))
        board.restore(
          arrived
            .slice(0, cut)
            .map(toldAs)
            .filter((one) => tracked.has(sessionOf(one))),
          nowMs,
        )
        expect(describeAccount(board)).toEqual(describeAccount(relay))
        for (const one of later) {
          relay.take(toldAs(one))
          board.take(toldAs(one))
        }
        expect(describeAccount(board)).toEqual(describeAccount(relay))
      }),
      { numRuns: 150 },
    )
  })
})

function tellTotals(account: LiveAccount) {
  const { extensions, queues } = describeAccount(account)
  return {
    since: new Date(0).toISOString(),
    extensions: Object.fromEntries(extensions.map((one) => [one.extensionId, tellExtension(one)])),
    queues: Object.fromEntries(queues.map((one) => [one.queueId, tellQueue(one.today)])),
  }
}
