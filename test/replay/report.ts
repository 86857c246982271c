import { type TrackedCall, Tracker } from '../../shared/call/track.ts'
import { missingSequences } from '../../shared/history/history.ts'
import { isSeenFromOneSide, measureCall } from '../../shared/metrics/call.ts'
import { measureLeg } from '../../shared/metrics/leg.ts'
import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { SessionStatus } from '../../shared/protocol/status.ts'

/** The figures of a stream, for programs. All times in ms; `null` is not known: it has not ended, or takes others who can't be seen. */
export interface Report {
  /** Telephony events read, repetitions included. */
  readonly events: number
  /** Those whose uuid, or whose session, sequence and party, was there already. */
  readonly duplicates: number
  /** Lines that gave no telephony event. */
  readonly undecodable: number
  /** By time of the first event. */
  readonly sessions: readonly SessionReport[]
}

export interface SessionReport {
  readonly telephonySessionId: string
  readonly twoWayTalkMs: number | null
  readonly holdMs: number
  readonly callerWaitMs: number | null
  readonly durationMs: number | null
  readonly missingSequences: readonly number[]
  /** By party id. */
  readonly parties: readonly PartyReport[]
}

export interface PartyReport {
  readonly id: string
  readonly direction: string | null
  readonly extensionId: string | null
  readonly setupMs: number
  readonly ringMs: number
  readonly talkMs: number
  readonly holdMs: number
  readonly parkedMs: number
  readonly voicemailMs: number
  readonly faxMs: number
  readonly otherMs: number
  readonly totalMs: number | null
  readonly ended: boolean
}

/** Follows every session of a stream, in the order given, and repairs it by what the platform answered about it. */
export function trackStream(
  notifications: readonly TelephonyNotification[],
  statuses: readonly SessionStatus[] = [],
): {
  readonly sessions: readonly TrackedCall[]
  readonly duplicates: number
} {
  const sessions = new Map<string, Tracker>()
  const uuids = new Set<string>()
  let duplicates = 0
  const find = (telephonySessionId: string): Tracker => {
    const tracker = sessions.get(telephonySessionId) ?? new Tracker(telephonySessionId)
    sessions.set(telephonySessionId, tracker)
    return tracker
  }
  for (const notification of notifications) {
    const { telephonySessionId, uuid } = notification
    const tracker = find(telephonySessionId)
    const lengthBefore = tracker.history.entries.length
    tracker.take(notification)
    const isNew = tracker.history.entries.length > lengthBefore
    if (!isNew || (uuid !== undefined && uuids.has(uuid))) duplicates++
    if (uuid !== undefined) uuids.add(uuid)
  }
  for (const status of statuses) find(status.telephonySessionId).repair(status)
  return { sessions: [...sessions.values()].sort(compareStarts), duplicates }
}

/** `isComplete`: every event of every session was recorded, so a missing number is a missed event. */
export function reportSession({ history, call }: TrackedCall, isComplete: boolean): SessionReport {
  const figures = measureCall(call)
  const isOneSided = isSeenFromOneSide(figures)
  return {
    telephonySessionId: call.telephonySessionId,
    twoWayTalkMs: isOneSided ? null : figures.twoWayTalk.ms,
    holdMs: figures.hold.ms,
    callerWaitMs: isOneSided ? null : (figures.callerWait?.ms ?? null),
    durationMs: figures.duration?.ms ?? null,
    missingSequences: isComplete ? missingSequences(history) : [],
    parties: call.legs.map((leg) => {
      const { setup, ring, talk, hold, parked, voicemail, fax, other, total } = measureLeg(leg)
      return {
        id: leg.id,
        direction: leg.direction ?? null,
        extensionId: leg.extensionId ?? null,
        setupMs: setup.ms,
        ringMs: ring.ms,
        talkMs: talk.ms,
        holdMs: hold.ms,
        parkedMs: parked.ms,
        voicemailMs: voicemail.ms,
        faxMs: fax.ms,
        otherMs: other.ms,
        totalMs: total?.ms ?? null,
        ended: leg.end !== undefined,
      }
    }),
  }
}

function compareStarts({ call: a }: TrackedCall, { call: b }: TrackedCall): number {
  const byTime = (a.startedMs ?? Infinity) - (b.startedMs ?? Infinity)
  return byTime || (a.telephonySessionId < b.telephonySessionId ? -1 : 1)
}
