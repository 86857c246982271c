import type { Reason } from '../protocol/status-codes.ts'
import { selectAnsweredAt, selectCalled } from './answer.ts'
import { isTransfer } from './end.ts'
import { comesBefore, selectConnected, selectFirst, selectStart, selectStates } from './leg.ts'
import { hasLeftParked, isParking } from './parking.ts'
import { isSeenAlone, selectCaller, selectDirection } from './roles.ts'
import type { Call, Leg } from './state.ts'

/**
 * How my part in a call came out. `missed` is a phone that rang out, mine or, when I called, the other side's;
 * `callerGaveUp` one that stopped ringing because the caller left; `notPlaced` a call of mine by RingOut for which my own phone was not
 * picked up. Rules O1 to O14 of SPEC.md, the first that fits.
 */
export const OUTCOMES = [
  'answered',
  'missed',
  'answeredElsewhere',
  'replied',
  'rejected',
  'voicemail',
  'callerGaveUp',
  'transferred',
  'parked',
  'cancelled',
  'busy',
  'failed',
  'notPlaced',
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
  // A parked call was answered before, also when the event of the answer was lost.
  if (!talked && !mine.some(wasParked)) return undefined
  const lastTalk = mine.findLast((leg) => selectConnected(leg) !== undefined || wasParked(leg))
  // A phone of mine that rang in vain after I had passed the call on takes nothing back.
  if ([mine.at(-1), lastTalk].some((leg) => leg?.end !== undefined && isTransfer(leg.end))) return 'transferred'
  return lastTalk !== undefined && hasLeftParked(call, lastTalk) ? 'parked' : 'answered'
}

function wasParked(leg: Leg): boolean {
  return selectFirst(leg, 'parked') !== undefined || isParking(leg.end?.reason)
}

/** A call to me that I did not take. */
function selectUntaken(call: Call, mine: readonly Leg[]): Outcome {
  if (hasBeen(mine, 'fax')) return 'fax'
  if (hasBeen(mine, 'voicemail') || hasReason(mine, VOICEMAIL)) return 'voicemail'
  if (mine.some(({ end }) => end !== undefined && isTransfer(end))) return 'transferred'
  if (hasReplied(call, mine)) return 'replied'
  if (hasReason(mine, REJECTED)) return 'rejected'
  if (isTaken(call, mine)) return 'answeredElsewhere'
  if (hasReason(mine, BUSY)) return 'busy'
  if (hasReason(mine, FAILED)) return 'failed'
  if (isOutOfSight(call, mine)) return 'answeredElsewhere'
  return hasReason(mine, CANCELLED) || hasCallerLeftFirst(call, mine) ? 'callerGaveUp' : 'missed'
}

/** A call of mine that nobody answered. */
function selectUncalled(call: Call, mine: readonly Leg[]): Outcome {
  const called = selectCalled(call)
  const all = [...called, ...mine]
  if (isNotPlaced(mine, called)) return hasReason(mine, FAILED) ? 'failed' : 'notPlaced'
  if (hasBeen(all, 'fax')) return 'fax'
  if (hasBeen(all, 'voicemail') || hasReason(all, VOICEMAIL)) return 'voicemail'
  if (hasReplied(call, all)) return 'replied'
  if (hasReason(all, REJECTED)) return 'rejected'
  if (hasReason(all, BUSY)) return 'busy'
  if (hasReason(all, FAILED)) return 'failed'
  if (hasReason(all, RANG_OUT)) return 'missed'
  return hasReason(mine, CANCELLED) || hasLeftFirst(mine, called) ? 'cancelled' : 'missed'
}

type Reasons = ReadonlySet<Reason | 'Unrecognised'>
const VOICEMAIL: Reasons = new Set<Reason>(['Voicemail'])
const REJECTED: Reasons = new Set<Reason>(['Rejected'])
const TAKEN: Reasons = new Set<Reason>(['AgentAnswered', 'Pickup', 'TakeOver'])
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

/** The caller was sent a message in place of an answer, by whichever leg that is told. */
function hasReplied(call: Call, legs: readonly Leg[]): boolean {
  return [...legs, selectCaller(call)].some((leg) => leg?.wasReplied)
}

/** By RingOut the other side is called when my own phone was picked up, and not before. */
function isNotPlaced(mine: readonly Leg[], called: readonly Leg[]): boolean {
  const isMyPhone = mine.some(({ ringOutRole }) => ringOutRole === 'Initiator')
  return isMyPhone && !called.some(hasBeenCalled) && mine.every((leg) => selectConnected(leg) === undefined)
}

/** Whether a leg was more than set up, or there is a reason why it was not. */
function hasBeenCalled(leg: Leg): boolean {
  const isOnlySetUp = selectStates(leg).every((state) => state === 'setup')
  return !isOnlySetUp || (leg.end?.reason !== undefined && !CANCELLED.has(leg.end.reason))
}

function isTaken(call: Call, mine: readonly Leg[]): boolean {
  return hasReason(mine, TAKEN) || isAnsweredByAnother(call, mine)
}

/**
 * Whether "answered elsewhere" is only likely: a queue rang my phone, and who called and who took it cannot be seen. Then a phone
 * that stopped ringing tells nothing, and the platform says of each call that was missed that it was: of the last time that it rang.
 */
export function isOutcomeLikely(call: Call, mine: readonly Leg[]): boolean {
  return isOutOfSight(call, mine) && selectOutcome(call, mine) === 'answeredElsewhere' && !isTaken(call, mine)
}

function isOutOfSight(call: Call, mine: readonly Leg[]): boolean {
  const isOfQueue = mine.some(({ queueCall }) => queueCall)
  return isOfQueue && selectCaller(call) === undefined && mine.at(-1)?.missedCall !== true
}

/**
 * A queue rings many phones and a colleague takes the call: that is not a call missed by the others. A person who had the call
 * before it came to me did not take it from me.
 */
function isAnsweredByAnother(call: Call, mine: readonly Leg[]): boolean {
  const start = mine[0] && selectStart(mine[0])
  return selectCalled(call).some((leg) => {
    const answered = mine.includes(leg) ? undefined : selectConnected(leg)
    return start !== undefined && answered !== undefined && comesBefore(start, answered)
  })
}

/** A colleague who called and passed somebody on to a phone that still rings has not given up: whom they had waits there. */
function hasCallerLeftFirst(call: Call, mine: readonly Leg[]): boolean {
  const caller = selectCaller(call)
  if (caller?.end === undefined || caller.end.kind === 'gone' || isTransfer(caller.end)) return false
  return hasLeftFirst([caller], mine)
}

/** Whether one of these left before all of those did. */
function hasLeftFirst(these: readonly Leg[], those: readonly Leg[]): boolean {
  const ends = (legs: readonly Leg[]) => legs.flatMap(({ end }) => (end === undefined ? [] : [end.at]))
  return ends(these).some((end) => ends(those).every((other) => comesBefore(end, other)))
}
