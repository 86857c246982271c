import { type CallSessions, createCallSessions } from '../../../shared/call/call-sessions.ts'
import { isDoubtful } from '../../../shared/call/doubt.ts'
import type { Call, Leg } from '../../../shared/call/state.ts'
import { measureLeg } from '../../../shared/metrics/leg.ts'
import { decodeNotification, type TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { decodeStatus, type SessionStatus } from '../../../shared/protocol/status.ts'
import type { CallReading, Follower, PartyReading, Spent } from './follower.ts'

/** Ours: decode, track, read the call; forget once a second. */
export function createOurs(sessions: CallSessions = createCallSessions()) {
  return {
    tells: { everyParty: true, reasons: true, times: true },
    track(raw) {
      const tracked = sessions.track(decodeEvent(raw))
      return tracked && countLive(tracked.call)
    },
    passTime(nowMs) {
      sessions.forget(nowMs)
    },
    readCall(telephonySessionId) {
      const tracked = sessions.get(telephonySessionId)
      return tracked && readLegs(tracked.call)
    },
    doubt: {
      list: (nowMs) =>
        [...sessions.all()].filter(({ call }) => isDoubtful(call, nowMs)).map(({ call }) => call.telephonySessionId),
      repair(rawStatus) {
        sessions.repair(decodeAnswer(rawStatus))
      },
    },
  } as const satisfies Follower
}

export function decodeEvent(raw: unknown): TelephonyNotification {
  const decoded = decodeNotification(raw)
  if (decoded.kind !== 'telephony')
    throw new Error(`A telephony event was expected, but a delivery is ${decoded.kind}.`)
  return decoded.notification
}

export function decodeAnswer(rawStatus: unknown): SessionStatus {
  const decoded = decodeStatus(rawStatus)
  if (decoded.kind !== 'status')
    throw new Error('A session status was expected, but an answer of the platform is none.')
  return decoded.status
}

function countLive({ legs }: Call): number {
  let live = 0
  for (const { end } of legs) if (end === undefined) live += 1
  return live
}

function readLegs({ legs }: Call): CallReading {
  return new Map(legs.map((leg) => [leg.id, readLeg(leg)]))
}

function readLeg(leg: Leg): PartyReading {
  const { end } = leg
  return {
    end: end && { code: end.kind === 'gone' ? 'Gone' : 'Disconnected', reason: end.reason },
    spent: measureSpent(leg),
  }
}

function measureSpent(leg: Leg): Spent | undefined {
  const { setup, ring, talk, hold, voicemail, total } = measureLeg(leg)
  return (
    total && {
      setup: setup.ms,
      ring: ring.ms,
      talk: talk.ms,
      hold: hold.ms,
      voicemail: voicemail.ms,
      total: total.ms,
    }
  )
}
