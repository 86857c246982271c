import type { PartyCode } from '../calls/party-state.ts'
import { isOver, type Leg, sinceWhen, spentMs } from './legs.ts'

/** What one person is doing, and has done since the day began. */
export interface ExtensionTruth {
  /** Calls that they have a part in now, the oldest first. Without those they only listen to. */
  readonly live: readonly LiveTruth[]
  /** Telephony sessions that they listen in on. */
  readonly listensTo: readonly string[]
  /** Of calls that began since the day did and in which they have no part any more. */
  readonly today: ExtensionTodayTruth
}

export interface LiveTruth {
  readonly telephonySessionId: string
  readonly partyId: string
  readonly direction: 'Inbound' | 'Outbound'
  /** The state of the party, and what it means. */
  readonly code: PartyCode
  readonly state: LiveState
  readonly sinceMs: number
  readonly startedMs: number
  /** In whose name it was rung. */
  readonly queueId: string | undefined
  /** The other side; `undefined` for a withheld number. */
  readonly number: string | undefined
}

/** A call that nobody has answered yet is dialled by one and rings at the other. `voicemail`: one of the two is a machine. */
export type LiveState = 'ringing' | 'dialling' | 'talking' | 'holding' | 'parked' | 'voicemail'

export interface ExtensionTodayTruth {
  /** Times that their phone rang. */
  readonly inbound: number
  /** Calls that they picked up, each once however often it came back to them. */
  readonly inboundAnswered: number
  /** Rang until the caller was gone; offers of queues are counted apart. */
  readonly missed: number
  readonly declined: number
  readonly leftToVoicemail: number
  /** Queues' offers that this person did not take, by what became of them. */
  readonly offers: OffersTruth
  /** Without questions to a colleague that ended in joining them with a caller. */
  readonly outbound: number
  readonly outboundAnswered: number
  readonly ringMs: number
  /** From the other side's answer on, without holds and such questions. */
  readonly talkMs: number
  readonly holdMs: number
}

export interface OffersTruth {
  readonly timedOut: number
  readonly declined: number
  readonly takenByOthers: number
  /** The caller was gone. */
  readonly abandoned: number
}

/** What became of whoever was called in a session: when the first answered, and when a machine took over. */
export interface Reached {
  readonly answeredMs: number | undefined
  readonly machineMs: number | undefined
}

/** By telephony session id. */
export function tellReached(legs: readonly Leg[]): ReadonlyMap<string, Reached> {
  const called = Map.groupBy(
    legs.filter(({ role }) => role === 'called'),
    ({ telephonySessionId }) => telephonySessionId,
  )
  const first = (moments: readonly number[]) => (moments.length === 0 ? undefined : Math.min(...moments))
  return new Map(
    [...called].map(([id, all]) => [
      id,
      {
        answeredMs: first(all.flatMap((leg) => sinceWhen(leg, 'Answered') ?? [])),
        machineMs: first(all.flatMap((leg) => sinceWhen(leg, 'VoiceMail') ?? [])),
      },
    ]),
  )
}

/** `legs`: that person's. */
export function tellExtension(
  legs: readonly Leg[],
  reached: ReadonlyMap<string, Reached>,
  daySinceMs: number,
): ExtensionTruth {
  const live = legs.filter((leg) => !isOver(leg))
  const going = new Set(live.map(({ telephonySessionId }) => telephonySessionId))
  const ended = legs.filter(
    (leg) => !going.has(leg.telephonySessionId) && leg.startedMs >= daySinceMs && isConversation(leg),
  )
  return {
    live: live.filter(isConversation).map((leg) => describeLive(leg, reached.get(leg.telephonySessionId))),
    listensTo: live.filter(({ role }) => role === 'observer').map(({ telephonySessionId }) => telephonySessionId),
    today: countToday(ended, reached),
  }
}

/** Listening in is none, nor is dialling in to somebody who is parked or listened to. */
function isConversation({ role, reason }: Leg): boolean {
  return role !== 'observer' && !(role === 'caller' && (reason === 'Pickup' || reason === 'Supervising'))
}

function describeLive(leg: Leg, reached: Reached | undefined): LiveTruth {
  const { telephonySessionId, partyId, direction, code, startedMs, queueId, number } = leg
  return { telephonySessionId, partyId, direction, code, startedMs, queueId, number, ...stateOf(leg, reached) }
}

function stateOf(leg: Leg, reached: Reached | undefined): Pick<LiveTruth, 'state' | 'sinceMs'> {
  const { code, sinceMs, direction, startedMs } = leg
  switch (code) {
    case 'Hold':
      return { state: 'holding', sinceMs }
    case 'Parked':
      return { state: 'parked', sinceMs }
    case 'VoiceMail':
      return { state: 'voicemail', sinceMs }
    case 'Answered':
      break
    default:
      return direction === 'Inbound' ? { state: 'ringing', sinceMs } : { state: 'dialling', sinceMs: startedMs }
  }
  // A caller's part is answered by whatever it reaches: they talk from the answer of whom they called.
  if (direction === 'Inbound') return { state: 'talking', sinceMs }
  const { answeredMs, machineMs } = reached ?? {}
  if (answeredMs !== undefined) return { state: 'talking', sinceMs: Math.max(sinceMs, answeredMs) }
  if (machineMs !== undefined) return { state: 'voicemail', sinceMs: machineMs }
  return { state: 'dialling', sinceMs: startedMs }
}

function countToday(legs: readonly Leg[], reached: ReadonlyMap<string, Reached>): ExtensionTodayTruth {
  const inbound = legs.filter(({ direction }) => direction === 'Inbound')
  const answered = inbound.filter((leg) => sinceWhen(leg, 'Answered') !== undefined)
  const unanswered = inbound.filter((leg) => !answered.includes(leg))
  const direct = unanswered.filter(({ queueId }) => queueId === undefined)
  const declined = direct.filter(({ reason }) => reason === 'Rejected').length
  const leftToVoicemail = direct.filter((leg) => sinceWhen(leg, 'VoiceMail') !== undefined).length
  const isQuestion = ({ role, reason }: Leg) => role === 'caller' && reason === 'AttendedTransfer'
  const outbound = legs.filter((leg) => leg.direction === 'Outbound' && !isQuestion(leg))
  const sum = (measure: (leg: Leg) => number) => legs.reduce((total, leg) => total + measure(leg), 0)
  const talkMs = (leg: Leg): number => {
    const fromMs = reached.get(leg.telephonySessionId)?.answeredMs
    return fromMs === undefined || isQuestion(leg) ? 0 : spentMs(leg, 'Answered', fromMs)
  }
  return {
    inbound: inbound.length,
    inboundAnswered: new Set(answered.map(({ telephonySessionId }) => telephonySessionId)).size,
    missed: direct.length - declined - leftToVoicemail,
    declined,
    leftToVoicemail,
    offers: countOffers(unanswered.filter(({ queueId }) => queueId !== undefined)),
    outbound: outbound.length,
    outboundAnswered: outbound.filter((leg) => talkMs(leg) > 0).length,
    ringMs: sum((leg) => spentMs(leg, 'Proceeding')),
    talkMs: sum(talkMs),
    holdMs: sum((leg) => spentMs(leg, 'Hold')),
  }
}

function countOffers(offers: readonly Leg[]): OffersTruth {
  const withReason = (wanted: string | undefined) => offers.filter(({ reason }) => reason === wanted).length
  return {
    timedOut: withReason('NoAnswer'),
    declined: withReason('Rejected'),
    takenByOthers: withReason('AgentAnswered'),
    abandoned: withReason(undefined),
  }
}
