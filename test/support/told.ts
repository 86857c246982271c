import fc from 'fast-check'
import { type Journey, linkCalls } from '../../shared/call/journey.ts'
import type { Call, Leg } from '../../shared/call/state.ts'
import { type TrackedCall, Tracker } from '../../shared/call/track.ts'
import { selectView } from '../../shared/call/view.ts'
import { missingSequences } from '../../shared/history/history.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import { measureCall } from '../../shared/metrics/call.ts'
import { measureJourney } from '../../shared/metrics/journey.ts'
import { measureLeg } from '../../shared/metrics/leg.ts'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../shared/protocol/status.ts'

/** What can be told of a session: an event, or the platform's answer to a status request. */
export type Told = TelephonyNotification | SessionStatus

/** Follows every session of what is told, in the order of arrival; the sessions come in order of their ids. */
export function followTold(told: Iterable<Told>): readonly Tracker[] {
  const trackers = new Map<string, Tracker>()
  for (const one of told) {
    const { telephonySessionId: id } = one
    const tracker = trackers.get(id) ?? new Tracker(id)
    trackers.set(id, tracker)
    tell(tracker, one)
  }
  return [...trackers.values()].sort((a, b) => (a.call.telephonySessionId < b.call.telephonySessionId ? -1 : 1))
}

/** What is told of one of the sessions. */
export function toldOf<T extends Told>(told: readonly T[], telephonySessionId: string): readonly T[] {
  return told.filter((one) => one.telephonySessionId === telephonySessionId)
}

/** False: it told nothing new. */
export function tell(tracker: Tracker, told: Told): boolean {
  return isAnswer(told) ? tracker.repair(told) : tracker.take(told)
}

export function isAnswer(told: Told): told is SessionStatus {
  return 'asOfMs' in told
}

/** The same in any order of arrival, up to `repetitions` of it more than once. */
export function anyArrival<T>(told: readonly T[], repetitions = 10): fc.Arbitrary<readonly T[]> {
  if (told.length === 0) return fc.constant([])
  return fc
    .array(fc.constantFrom(...told), { maxLength: repetitions })
    .chain((repeated) => anyOrder([...told, ...repeated]))
}

/** The same in any order. */
export function anyOrder<T>(items: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length })
}

/** All that can be asked about these sessions: calls, everybody's view, all figures with their evidence, journeys. */
export function describeAll(sessions: readonly TrackedCall[]): unknown {
  const journeys = linkCalls(sessions.map(({ call }) => call))
  const monitorIds = new Set(journeys.flatMap((journey) => [...journey.monitorIds]))
  return {
    sessions: sessions.map((tracked) => describeSession(tracked, monitorIds)),
    journeys: journeys.map(describeJourney),
  }
}

function describeSession({ call, history }: TrackedCall, monitorIds: ReadonlySet<string>): unknown {
  const missing = missingSequences(history)
  return {
    call: describeCall(call),
    missing,
    figures: measureCall(call, missing, monitorIds),
    legs: call.legs.map((leg) => measureLeg(leg, missing)),
    people: listPeople(call).map((extensionId) => ({
      view: selectView(call, extensionId),
      figures: measureAgent(call, extensionId, missing, monitorIds),
    })),
  }
}

/** What a call says of itself, as plain data. */
export function describeCall({ telephonySessionId, origin, legs, startedMs, lostAsOfMs }: Call): Call {
  return { telephonySessionId, origin, legs: legs.map(describeLeg), startedMs, lostAsOfMs }
}

function describeLeg(leg: Leg): Leg {
  return {
    id: leg.id,
    direction: leg.direction,
    accountId: leg.accountId,
    extensionId: leg.extensionId,
    from: leg.from,
    to: leg.to,
    queueCall: leg.queueCall,
    queueName: leg.queueName,
    callerIdName: leg.callerIdName,
    callerIdNumber: leg.callerIdNumber,
    ringOutRole: leg.ringOutRole,
    conferenceRole: leg.conferenceRole,
    parkedAt: leg.parkedAt,
    recordings: leg.recordings,
    missedCall: leg.missedCall,
    muted: leg.muted,
    wasHeard: leg.wasHeard,
    intervals: leg.intervals,
    current: leg.current,
    end: leg.end,
    latestMs: leg.latestMs,
    lastSequence: leg.lastSequence,
    repairedAsOfMs: leg.repairedAsOfMs,
    wasReplied: leg.wasReplied,
    backwardSteps: leg.backwardSteps,
    eventsAfterEnd: leg.eventsAfterEnd,
    unrecognisedReports: leg.unrecognisedReports,
  }
}

function describeJourney(journey: Journey): unknown {
  const { had, wait } = measureJourney(journey)
  return {
    sessions: journey.calls.map(({ telephonySessionId }) => telephonySessionId),
    caller: journey.caller?.id,
    customer: journey.customer?.id,
    monitorIds: [...journey.monitorIds].sort(),
    had: had.map(({ leg, talk }) => ({ id: leg.id, talk })),
    wait,
  }
}

/** What counts of a leg's times: neither what is told of its party nor what was counted beside. */
export function describeTimes({ intervals, current, end, latestMs, repairedAsOfMs }: Leg): unknown {
  return { intervals, current, end, latestMs, repairedAsOfMs }
}

/** The extensions that have a part in a call. */
export function listPeople({ legs }: Call): readonly string[] {
  return [...new Set(legs.flatMap(({ extensionId }) => extensionId ?? []))].sort()
}
