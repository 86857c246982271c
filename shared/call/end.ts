import type { Reason } from '../protocol/status-codes.ts'
import { comesBefore, selectConnected, selectStates } from './leg.ts'
import { hasLeftParked, isParking } from './parking.ts'
import { selectRole } from './roles.ts'
import type { Call, Leg, LegEnd } from './state.ts'

/**
 * A session is over when every party has ended and the last to leave did not leave the call to somebody else, or when the
 * platform no longer knows it. There is no event that says so.
 */
export function isOver(call: Call): boolean {
  if (call.lostAsOfMs !== undefined) return true
  let last: LegEnd | undefined
  for (const { end } of call.legs) {
    if (end === undefined) return false
    if (last === undefined || !comesBefore(end.at, last.at)) last = end
  }
  return last !== undefined && !isHandOver(last)
}

/** The latest time that counts in a call, ms, platform's clock; minus infinity while it has no legs. */
export function selectLatestMs({ legs }: Call): number {
  let latestMs = Number.NEGATIVE_INFINITY
  for (const leg of legs) latestMs = Math.max(latestMs, leg.latestMs)
  return latestMs
}

/**
 * Of those who were connected the person who left first hung up; `undefined` while nobody has left. Who parked the call did not:
 * who waited there did, if nobody took it.
 */
export function selectHungUpBy(call: Call): Leg | undefined {
  const left = call.legs.filter((leg) => hasHungUp(call, leg))
  return firstToLeave(left.filter((leg) => !hasLeftParked(call, leg))) ?? firstToLeave(left.filter(hasWaited))
}

function hasHungUp(call: Call, leg: Leg): boolean {
  const { end } = leg
  if (end === undefined || end.kind === 'gone' || isPassedOn(end)) return false
  // Phones that only rang did not end a conversation, no matter who answered or gave up.
  return selectConnected(leg) !== undefined && selectRole(call, leg) === 'person'
}

/** Also an attended transfer that ends a leg as if it had left. */
function isPassedOn(end: LegEnd): boolean {
  return isHandOver(end) || isTransfer(end) || isParking(end.reason)
}

function hasWaited(leg: Leg): boolean {
  return selectStates(leg).at(-1) === 'parked'
}

function firstToLeave(legs: readonly Leg[]): Leg | undefined {
  let first: Leg | undefined
  for (const leg of legs) if (leg.end && (!first?.end || comesBefore(leg.end.at, first.end.at))) first = leg
  return first
}

/** Whether a party left the call to somebody else, or to another device of its own: the session goes on. */
export function isHandOver({ kind, reason }: LegEnd): boolean {
  return kind === 'disconnected' && reason !== undefined && HAND_OVER_REASONS.has(reason)
}

/** Source: RingCentral's list of reasons. */
const HAND_OVER_REASONS: ReadonlySet<Reason | 'Unrecognised'> = new Set<Reason>([
  'BlindTransfer',
  'CallSwitch',
  'Pickup',
  'CallFlip',
  'AgentAnswered',
  'CallerInputRedirect',
  'RccTransfer',
  'DtmfTransfer',
  'CallRedirected',
  'TakeOver',
])

/** Whether a party passed the call to another person, rather than to a device of its own or through a machine. */
export function isTransfer({ reason }: LegEnd): boolean {
  return reason !== undefined && TRANSFER_REASONS.has(reason)
}

const TRANSFER_REASONS: ReadonlySet<Reason | 'Unrecognised'> = new Set<Reason>([
  'BlindTransfer',
  'RccTransfer',
  'DtmfTransfer',
  'AttendedTransfer',
])

/** Whether a party goes on with the same call on another device of its own. */
export function isDeviceSwitch({ reason }: LegEnd): boolean {
  return reason === 'CallSwitch' || reason === 'CallFlip'
}
