import type { PartyCode } from '../calls/party-state.ts'
import { isOver, type Leg, spentMs } from './legs.ts'

/** What one person is doing, and has done since the day began. */
export interface ExtensionTruth {
  /** Calls that they have a part in now, the oldest first. Without those they only listen to. */
  readonly live: readonly LiveTruth[]
  /** Telephony sessions that they listen in on. */
  readonly listensTo: readonly string[]
  /** Of parts that have ended and began since the day did. */
  readonly today: ExtensionTodayTruth
}

export interface LiveTruth {
  readonly telephonySessionId: string
  readonly partyId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly code: PartyCode
  /** Since when the part is as it is. */
  readonly sinceMs: number
  readonly startedMs: number
  /** In whose name it was rung. */
  readonly queueId: string | undefined
  /** The other side; `undefined` for a withheld number. */
  readonly number: string | undefined
}

export interface ExtensionTodayTruth {
  readonly inbound: number
  readonly inboundAnswered: number
  /** Rang, and was not answered by this person; offers of queues are counted apart. */
  readonly missed: number
  readonly offersNotTaken: number
  readonly outbound: number
  readonly ringMs: number
  /** From the other side's answer on, without holds. */
  readonly talkMs: number
  readonly holdMs: number
}

/** When somebody who was called in a session first answered. */
export type AnsweredAt = ReadonlyMap<string, number>

export function tellAnswers(legs: readonly Leg[]): AnsweredAt {
  const answers = new Map<string, number>()
  for (const { role, telephonySessionId, stretches, code, sinceMs } of legs) {
    if (role !== 'called') continue
    const answeredMs = [...stretches.map(({ code, fromMs }) => ({ code, fromMs })), { code, fromMs: sinceMs }].find(
      (one) => one.code === 'Answered',
    )?.fromMs
    if (answeredMs === undefined) continue
    answers.set(telephonySessionId, Math.min(answeredMs, answers.get(telephonySessionId) ?? answeredMs))
  }
  return answers
}

/** `legs`: that person's. */
export function tellExtension(legs: readonly Leg[], answers: AnsweredAt, daySinceMs: number): ExtensionTruth {
  const live = legs.filter((leg) => !isOver(leg))
  const ended = legs.filter((leg) => isOver(leg) && leg.startedMs >= daySinceMs && isConversation(leg))
  return {
    live: live
      .filter(isConversation)
      .map(({ telephonySessionId, partyId, direction, code, sinceMs, startedMs, queueId, number }) => ({
        telephonySessionId,
        partyId,
        direction,
        code,
        sinceMs,
        startedMs,
        queueId,
        number,
      })),
    listensTo: live.filter(({ role }) => role === 'observer').map(({ telephonySessionId }) => telephonySessionId),
    today: countToday(ended, answers),
  }
}

/** Listening in is none, nor is dialling in to somebody who is parked or listened to. */
function isConversation({ role, reason }: Leg): boolean {
  return role !== 'observer' && !(role === 'caller' && (reason === 'Pickup' || reason === 'Supervising'))
}

function countToday(legs: readonly Leg[], answers: AnsweredAt): ExtensionTodayTruth {
  const inbound = legs.filter(({ direction }) => direction === 'Inbound')
  const unanswered = inbound.filter((leg) => spentMs(leg, 'Answered') === 0)
  const sum = (measure: (leg: Leg) => number) => legs.reduce((total, leg) => total + measure(leg), 0)
  return {
    inbound: inbound.length,
    inboundAnswered: inbound.length - unanswered.length,
    missed: unanswered.filter(({ queueId }) => queueId === undefined).length,
    offersNotTaken: unanswered.filter(({ queueId }) => queueId !== undefined).length,
    outbound: legs.length - inbound.length,
    ringMs: sum((leg) => spentMs(leg, 'Proceeding')),
    // A caller's part is answered by whatever it reaches: they talk from the answer of whom they called.
    talkMs: sum((leg) => spentMs(leg, 'Answered', answers.get(leg.telephonySessionId) ?? Number.POSITIVE_INFINITY)),
    holdMs: sum((leg) => spentMs(leg, 'Hold')),
  }
}
