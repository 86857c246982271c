import type { History, HistoryEntry } from '../history/history.ts'
import type { Endpoint, Party } from '../protocol/notification.ts'
import { type Call, type Leg, type LegEnd, type Mark, STATE_OF_CODE } from './state.ts'

/**
 * Folds a session's history into a call. Entries come in the history's order, each once; there is no "too late" here,
 * because a late event makes the history fold again.
 *
 * The rules of time, for each leg:
 * - an event counts at its own time, or at the latest time of the leg's earlier events when its own lies before it;
 * - an interval is closed by the next event with a different state; a repeated state (mute, recording, a name) splits nothing;
 * - after Disconnected or Gone nothing of the leg counts any more.
 */
export function foldCall(history: History): Call {
  return history.entries.reduce(foldEntry, emptyCall(history.telephonySessionId))
}

export function emptyCall(telephonySessionId: string): Call {
  return { telephonySessionId, origin: undefined, legs: [], startedMs: undefined }
}

/** One step of the fold. `entry` must come after every entry folded before. Nothing changed: the same object. */
export function foldEntry(call: Call, entry: HistoryEntry): Call {
  const { party } = entry
  if (party === undefined) return call
  const index = call.legs.findIndex((leg) => leg.id === party.id)
  const leg = call.legs[index]
  const next = leg === undefined ? startLeg(party, entry) : foldLeg(leg, party, entry)
  const origin = call.origin ?? entry.origin
  if (next === leg && origin === call.origin) return call
  return {
    ...call,
    origin,
    startedMs: call.startedMs ?? entry.eventTimeMs,
    legs: leg === undefined ? insertLeg(call.legs, next) : call.legs.with(index, next),
  }
}

function startLeg(party: Party, entry: HistoryEntry): Leg {
  const mark = { sequence: entry.sequence, code: party.status.rawCode, timeMs: entry.eventTimeMs }
  const blank: Leg = {
    id: party.id,
    direction: party.direction,
    accountId: party.accountId,
    extensionId: party.extensionId,
    from: party.from,
    to: party.to,
    queueCall: party.queueCall,
    queueName: party.queueName,
    callerIdName: party.callerIdName,
    ringOutRole: party.ringOutRole,
    parkedAt: party.parkedAt,
    muted: party.muted,
    intervals: [],
    current: undefined,
    end: undefined,
    latestMs: entry.eventTimeMs,
    backwardSteps: 0,
  }
  return enterState(blank, party, mark)
}

function foldLeg(leg: Leg, party: Party, entry: HistoryEntry): Leg {
  if (leg.end !== undefined) return leg
  const timeMs = Math.max(entry.eventTimeMs, leg.latestMs)
  const told: Leg = {
    ...leg,
    direction: leg.direction ?? party.direction,
    accountId: party.accountId ?? leg.accountId,
    extensionId: party.extensionId ?? leg.extensionId,
    from: mergeEndpoints(leg.from, party.from),
    to: mergeEndpoints(leg.to, party.to),
    queueCall: leg.queueCall || party.queueCall,
    queueName: party.queueName ?? leg.queueName,
    callerIdName: party.callerIdName ?? leg.callerIdName,
    ringOutRole: party.ringOutRole ?? leg.ringOutRole,
    parkedAt: party.parkedAt ?? leg.parkedAt,
    muted: party.muted,
    latestMs: timeMs,
    backwardSteps: leg.backwardSteps + (entry.eventTimeMs < leg.latestMs ? 1 : 0),
  }
  return enterState(told, party, { sequence: entry.sequence, code: party.status.rawCode, timeMs })
}

function enterState(leg: Leg, party: Party, mark: Mark): Leg {
  const state = STATE_OF_CODE[party.status.code]
  if (state === leg.current?.state) return leg
  const intervals =
    leg.current === undefined
      ? leg.intervals
      : [...leg.intervals, { state: leg.current.state, from: leg.current.from, to: mark }]
  if (state !== 'disconnected' && state !== 'gone') return { ...leg, intervals, current: { state, from: mark } }
  const end: LegEnd = { kind: state, at: mark, reason: party.status.reason, peer: party.status.peer }
  return { ...leg, intervals, current: undefined, end }
}

function mergeEndpoints(before: Endpoint, now: Endpoint): Endpoint {
  return {
    phoneNumber: now.phoneNumber ?? before.phoneNumber,
    name: now.name ?? before.name,
    extensionId: now.extensionId ?? before.extensionId,
    deviceId: now.deviceId ?? before.deviceId,
  }
}

function insertLeg(legs: readonly Leg[], leg: Leg): readonly Leg[] {
  const index = legs.findIndex((other) => other.id > leg.id)
  return index === -1 ? [...legs, leg] : legs.toSpliced(index, 0, leg)
}
