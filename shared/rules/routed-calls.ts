import { linkCalls } from '../call/journey.ts'
import type { Tracker } from '../call/track.ts'
import { selectDay } from '../live/day.ts'
import type { Group } from '../live/group.ts'
import { createTiedIds } from '../live/tied-ids.ts'
import { createTrackedSessions } from '../live/tracked-sessions.ts'
import type { ActRecord } from '../protocol/act.ts'
import type { CallRecord } from '../protocol/stream-line.ts'
import { HOUR_MS } from '../time.ts'
import { formatActId, parseActId } from './act-id.ts'
import { type CallsByNumber, createCallsByNumber } from './calls-today.ts'
import { createDueTimes } from './due-times.ts'
import { type DueAct, describeTaken, evaluate } from './evaluate.ts'
import { readNumber } from './match-number.ts'
import type { RuleBook } from './rule.ts'
import { type KindOf, type RuledLeg, selectOutsideCaller, selectRuledLegs } from './ruled-leg.ts'
import { createSessionMemories, PAST_AFTER_MS } from './session-memory.ts'
import { describeRecord } from './taken-acts.ts'
import { createWallClock, type WallClock } from './time-windows.ts'

/**
 * The calls that go on, with what rules did with each: a fold of what the log tells of sessions and of acts. Asked at a moment, it says
 * which acts are due; each only once.
 *
 * What is past triggers nothing: on a session is acted while the latest that is known of it was received within {@link PAST_AFTER_MS} of
 * its time. Moments are ms since the epoch; the relay's clock and the platform's are taken for the same.
 */
export interface RoutedCalls {
  tracks(telephonySessionId: string): boolean
  /** Sessions that have left and are tied to this one, itself among them: all are taken in again before it is. */
  tiedTo(telephonySessionId: string): readonly string[]
  /** Sessions to which a party went and that are not tracked, each returned once. */
  takeUnseen(): readonly string[]
  /** Takes in an event or an answer. `isPast`: it was taken in before, or is from before a start, and triggers nothing by itself. */
  take(told: CallRecord, receivedMs: number, isPast?: boolean): void
  /** Takes in that a rule's act is intended, or what came of it. */
  noteAct(record: ActRecord, receivedMs: number): void
  /** Other rules hold from now on, also for calls that go on. */
  setBook(book: RuleBook): void
  /** Looks at all calls; to what has been silent since before this moment nothing is done until it is heard of again. */
  begin(nowMs: number): void
  /** The acts that are due by now and were not told before. */
  takeDue(nowMs: number): readonly RoutedAct[]
  /** When to ask again, if nothing is told until then. */
  readonly lookAgainMs: number | undefined
  /** Whether an act that was due can still be done: the leg is as it was. */
  isStillDue(act: RoutedAct): boolean
  /** What was due was not ordered after all. */
  takeBack(act: RoutedAct): void
  /** Lets go what is over. */
  forget(nowMs: number): void
  readonly size: number
}

/** An act that is due. */
export interface RoutedAct extends DueAct {
  /** See {@link formatActId}. */
  readonly actId: string
  /** The session by which the customer's call is known, the first of those that are tied together. */
  readonly callId: string
  readonly atMs: number
}

export interface RoutedCallsOptions {
  readonly book: RuleBook
  readonly kindOf: KindOf
  /** See {@link EvaluateOptions.tellsLater}. */
  readonly tellsLater?: boolean
}

/** No day is longer. */
const DAY_KEPT_MS = 26 * HOUR_MS

export function createRoutedCalls({ book: firstBook, kindOf, tellsLater = false }: RoutedCallsOptions): RoutedCalls {
  let book = firstBook
  let wallClock: WallClock = createWallClock(book.timeZone)
  let tidiedMs = Number.NEGATIVE_INFINITY
  const memories = createSessionMemories()
  /** Calls at which is to be looked, whatever the time. */
  const touched = new Set<Group>()
  const due = createDueTimes<Group>()
  const tied = createTiedIds()
  const day = createDay(tied.clear)
  const tracked = createTrackedSessions({
    onJoined(gone, into) {
      if (touched.delete(gone) || due.has(gone)) touched.add(into)
      due.delete(gone)
    },
  })
  // One name for all sessions that are tied together, also once they have left.
  const byNumber = createCallsByNumber({ callOf: (id) => (idsOf(tracked.get(id)) ?? tied.of(id)).toSorted()[0] ?? id })

  function callsToday(leg: RuledLeg, nowMs: number): number {
    return byNumber.countUpTo(leg.telephonySessionId, leg.callerKey.key, day.sinceOf(nowMs, book.timeZone))
  }

  function look(group: Group, nowMs: number): readonly RoutedAct[] {
    const taken = group.trackers.flatMap(({ telephonySessionId }) => memories.of(telephonySessionId).taken)
    const { due: acts, lookAgainMs } = evaluate(
      { legs: selectLegs(group), taken, callsToday: (leg) => callsToday(leg, nowMs) },
      { book, wallClock, nowMs, tellsLater },
    )
    if (lookAgainMs === undefined) due.delete(group)
    else due.set(group, Math.max(lookAgainMs, nowMs + 1))
    const callId = selectCallId(group.trackers)
    for (const act of acts) memories.of(act.leg.telephonySessionId).noteTaken(describeTaken(act))
    return acts.map((act) => {
      const { rule, entry, attempt } = act
      return { ...act, atMs: nowMs, callId, actId: formatActId({ rule: rule.name, entry, attempt, callId }) }
    })
  }

  function selectLegs({ trackers }: Group): readonly RuledLeg[] {
    return linkCalls(trackers).flatMap((journey) =>
      journey.calls
        .filter(({ telephonySessionId }) => memories.of(telephonySessionId).isFresh)
        .flatMap((call) => selectRuledLegs(call, { kindOf, journey })),
    )
  }

  return {
    get size() {
      return tracked.size
    },
    tracks: (id) => tracked.get(id) !== undefined,
    tiedTo: tied.of,
    takeUnseen: tracked.takeUnseen,
    take(told, receivedMs, isPast = false) {
      const group = tracked.take(told)
      if (group === undefined) return
      const { id, atMs } = selectMoment(told)
      const isFresh = memories.of(id).noteMoment(Math.min(atMs, receivedMs), receivedMs)
      if (isPast) memories.of(id).sleep()
      noteCaller(byNumber, group, id)
      if (isFresh && !isPast) touched.add(group)
    },
    noteAct(record, receivedMs) {
      const parts = 'rule' in record.by ? parseActId(record.actId) : undefined
      const group = tracked.get(record.telephonySessionId)
      // With a session that is not tracked its acts come back as well.
      if (parts === undefined || group === undefined) return
      memories.of(record.telephonySessionId).noteTaken(describeRecord(record, parts, receivedMs))
      touched.add(group)
    },
    setBook(next) {
      book = next
      wallClock = createWallClock(book.timeZone)
      for (const group of tracked.groups) touched.add(group)
    },
    begin(nowMs) {
      memories.sleepSince(nowMs - PAST_AFTER_MS)
      for (const group of tracked.groups) touched.add(group)
    },
    takeDue(nowMs) {
      for (const group of due.takeDue(nowMs)) touched.add(group)
      const groups = [...touched]
      touched.clear()
      return groups.flatMap((group) => look(group, nowMs))
    },
    get lookAgainMs() {
      return touched.size > 0 ? 0 : due.nextMs
    },
    isStillDue({ leg }) {
      const group = tracked.get(leg.telephonySessionId)
      return (
        group !== undefined && selectLegs(group).some((one) => one.partyId === leg.partyId && one.phase === leg.phase)
      )
    },
    takeBack(act) {
      memories.of(act.leg.telephonySessionId).takeBack(describeTaken(act))
      const group = tracked.get(act.leg.telephonySessionId)
      if (group !== undefined) touched.add(group)
    },
    forget(nowMs) {
      tracked.giveUp(nowMs)
      for (const group of tracked.leave(nowMs)) {
        touched.delete(group)
        due.delete(group)
        const ids = idsOf(group)
        for (const id of ids) memories.forget(id)
        tied.join([...ids, ...listPeers(group)])
      }
      day.sinceOf(nowMs, book.timeZone)
      if (nowMs < tidiedMs + HOUR_MS) return
      tidiedMs = nowMs
      byNumber.forget(nowMs - DAY_KEPT_MS)
    },
  }
}

/** The midnight before a moment, ms since the epoch; worked out once a day. `onPassed`: another day has come. */
function createDay(onPassed: () => void) {
  let day = { sinceMs: 0, untilMs: Number.POSITIVE_INFINITY, timeZone: '' }
  return {
    sinceOf(nowMs: number, timeZone: string): number {
      if (nowMs >= day.untilMs) onPassed()
      if (nowMs >= day.untilMs || nowMs < day.sinceMs || day.timeZone !== timeZone)
        day = { ...selectDay(nowMs, timeZone), timeZone }
      return day.sinceMs
    },
  }
}

/** The session that something is told of, and the moment that it is about. */
function selectMoment(told: CallRecord): { readonly id: string; readonly atMs: number } {
  return told.kind === 'status'
    ? { id: told.status.telephonySessionId, atMs: told.status.asOfMs }
    : { id: told.notification.telephonySessionId, atMs: told.notification.eventTimeMs }
}

function noteCaller(byNumber: CallsByNumber, { trackers }: Group, id: string): void {
  const tracker = trackers.find(({ telephonySessionId }) => telephonySessionId === id)
  if (tracker?.startedMs === undefined) return
  byNumber.note(id, readNumber(selectOutsideCaller(tracker)?.phoneNumber).key, tracker.startedMs)
}

/** The session by which the customer's call is known: the first. */
function selectCallId(trackers: readonly Tracker[]): string {
  const first = trackers.reduce((one, other) => (comesFirst(other, one) ? other : one))
  return first.telephonySessionId
}

function comesFirst(a: Tracker, b: Tracker): boolean {
  const [aMs, bMs] = [a.startedMs ?? Number.POSITIVE_INFINITY, b.startedMs ?? Number.POSITIVE_INFINITY]
  return aMs < bMs || (aMs === bMs && a.telephonySessionId < b.telephonySessionId)
}

function idsOf(group: Group): readonly string[]
function idsOf(group: Group | undefined): readonly string[] | undefined
function idsOf(group: Group | undefined): readonly string[] | undefined {
  return group?.trackers.map(({ telephonySessionId }) => telephonySessionId)
}

/** Where parties of these sessions went. */
function listPeers({ trackers }: Group): readonly string[] {
  return trackers.flatMap(({ legs }) => legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? []))
}
