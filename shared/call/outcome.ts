import type { Reason } from '../protocol/words.ts'
import { selectAnsweredAt, selectCalled } from './answer.ts'
import { isTransfer } from './end.ts'
import { comesBefore, selectConnected, selectFirst, selectStart, selectStates } from './leg.ts'
import { isSeenAlone, selectCaller, selectDirection } from './roles.ts'
import type { Call, Leg } from './state.ts'

/**
 * How my part in a call came out. `missed` is a phone that rang out, mine or, when I called, the other side's;
 * `callerGaveUp` one that stopped ringing because the caller left. Rules O1 to O12 of SPEC.md, the first that fits.
 */
export const OUTCOMES = [
  'answered',
  'missed',
  'answeredElsewhere',
  'rejected',
  'voicemail',
  'callerGaveUp',
  'transferred',
  'parked',
  'cancelled',
  'busy',
  'failed',
  'fax',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** `mine`: the legs of one person, as the platform counted them, all of them ended. */
export function selectOutcome(call: Call, mine: readonly Leg[]): Outcome {
  const first = mine[0]
  const isCaller = first !== undefined && selectDirection(first) === 'Outbound'
  return selectTalkOutcome(call, mine, isCaller) ?? (isCaller ? selectUncalled(call, mine) : selectUntaken(call, mine))
}

/** The outcome of a call in which I talked to somebody. */
function selectTalkOutcome(call: Call, mine: readonly Leg[], isCaller: boolean): Outcome | undefined {
  // A caller's own `Answered` says nothing of a person, unless it is all that can be seen.
  const isAlone = isSeenAlone(call, mine)
  const talked =
    isCaller && !isAlone ? selectAnsweredAt(call) !== undefined : mine.some((leg) => selectConnected(leg) !== undefined)
  if (!talked) return undefined
  const last = mine.at(-1)
  if (last?.end !== undefined && isTransfer(last.end)) return 'transferred'
  return last !== undefined && selectStates(last).at(-1) === 'parked' ? 'parked' : 'answered'
}

/** A call to me that I did not take. */
function selectUntaken(call: Call, mine: readonly Leg[]): Outcome {
  if (hasBeen(mine, 'fax')) return 'fax'
  if (hasBeen(mine, 'voicemail') || hasReason(mine, VOICEMAIL)) return 'voicemail'
  if (mine.some(({ end }) => end !== undefined && isTransfer(end))) return 'transferred'
  if (hasReason(mine, REJECTED)) return 'rejected'
  if (hasReason(mine, TAKEN) || isAnsweredByAnother(call, mine)) return 'answeredElsewhere'
  if (hasReason(mine, BUSY)) return 'busy'
  if (hasReason(mine, FAILED)) return 'failed'
  return hasReason(mine, CANCELLED) || hasCallerLeftFirst(call, mine) ? 'callerGaveUp' : 'missed'
}

/** A call of mine that nobody answered. */
function selectUncalled(call: Call, mine: readonly Leg[]): Outcome {
  const called = selectCalled(call)
  const all = [...called, ...mine]
  if (hasBeen(all, 'fax')) return 'fax'
  if (hasBeen(all, 'voicemail') || hasReason(all, VOICEMAIL)) return 'voicemail'
  if (hasReason(all, REJECTED)) return 'rejected'
  if (hasReason(all, BUSY)) return 'busy'
  if (hasReason(all, FAILED)) return 'failed'
  if (hasReason(all, RANG_OUT)) return 'missed'
  return hasReason(mine, CANCELLED) || hasLeftFirst(mine, called) ? 'cancelled' : 'missed'
}

type Reasons = ReadonlySet<Reason | 'Unrecognised'>
const VOICEMAIL: Reasons = new Set<Reason>(['Voicemail'])
const REJECTED: Reasons = new Set<Reason>(['Rejected'])
const TAKEN: Reasons = new Set<Reason>(['AgentAnswered', 'Pickup'])
const BUSY: Reasons = new Set<Reason>(['TargetBusy'])
const CANCELLED: Reasons = new Set<Reason>(['Cancelled'])
const RANG_OUT: Reasons = new Set<Reason>(['NoAnswer', 'Timeout'])
const FAILED: Reasons = new Set<Reason>([
  'InvalidNumber',
  'InternationalDisabled',
  'DestinationBlocked',
  'NotEnoughFunds',
  'NoSuchUser',
  'InternalError',
])

function hasReason(legs: readonly Leg[], reasons: Reasons): boolean {
  return legs.some(({ end }) => end?.reason !== undefined && reasons.has(end.reason))
}

function hasBeen(legs: readonly Leg[], state: 'fax' | 'voicemail'): boolean {
  return legs.some((leg) => selectFirst(leg, state) !== undefined)
}

/**
 * A queue rings many phones and a colleague takes the call: that is not a call missed by the others. Whoever had the call
 * before it came to me did not take it from me.
 */
function isAnsweredByAnother(call: Call, mine: readonly Leg[]): boolean {
  const start = mine[0] && selectStart(mine[0])
  return selectCalled(call).some((leg) => {
    const answered = mine.includes(leg) ? undefined : selectConnected(leg)
    return start !== undefined && answered !== undefined && comesBefore(start, answered)
  })
}

function hasCallerLeftFirst(call: Call, mine: readonly Leg[]): boolean {
  const caller = selectCaller(call)
  return caller !== undefined && hasLeftFirst([caller], mine)
}

/** Whether one of these left before all of those did. */
function hasLeftFirst(these: readonly Leg[], those: readonly Leg[]): boolean {
  const ends = (legs: readonly Leg[]) => legs.flatMap(({ end }) => (end === undefined ? [] : [end.at]))
  return ends(these).some((end) => ends(those).every((other) => comesBefore(end, other)))
}
