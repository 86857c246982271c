import { isDeviceSwitch } from '../call/end.ts'
import { selectConnected, selectFirst } from '../call/leg.ts'
import type { Call, Leg } from '../call/state.ts'
import type { Estimate } from './figure.ts'

/**
 * Why the times of these legs may be off. `missing`: the numbers that are known to be missing, in a complete stream. One that
 * is missing may belong to any leg that had not ended by then.
 */
export function estimateLegs(legs: readonly Leg[], missing: readonly number[]): readonly Estimate[] {
  return estimate(
    legs,
    missing.filter((sequence) => legs.some((leg) => !hasEndedBefore(leg, sequence))),
  )
}

/** The same for setup and ring, which are over when a leg has once talked: what is missing later does not touch them. */
export function estimateRing(legs: readonly Leg[], missing: readonly number[]): readonly Estimate[] {
  const isOpen = (leg: Leg, sequence: number) => !hasEndedBefore(leg, sequence) && !hasTalkedBefore(leg, sequence)
  return estimate(
    legs,
    missing.filter((sequence) => legs.some((leg) => isOpen(leg, sequence))),
  )
}

/** Why a figure that needs every party of the session may be off. */
export function estimateCall(call: Call, missing: readonly number[]): readonly Estimate[] {
  const isAlone = new Set(call.legs.map(({ id, extensionId }) => extensionId ?? id)).size === 1
  return [...(isAlone ? [OWN_LEG_ONLY] : []), ...estimateLegs(call.legs, missing)]
}

export const OWN_LEG_ONLY: Estimate = { because: 'ownLegOnly' }
export const OUT_OF_SIGHT: Estimate = { because: 'outOfSight' }

/** Why my talk may be off: I went on on a device that is not told to be mine. */
export function estimateOwnTalk(mine: readonly Leg[]): readonly Estimate[] {
  // One that rang in vain after that says nothing of it.
  const end = mine.findLast((leg) => selectConnected(leg) !== undefined)?.end
  return end !== undefined && isDeviceSwitch(end) ? [OUT_OF_SIGHT] : []
}

function estimate(legs: readonly Leg[], sequences: readonly number[]): readonly Estimate[] {
  const repaired = legs.flatMap(({ repairedAsOfMs }) => repairedAsOfMs ?? [])
  return [
    ...(repaired.length > 0 ? [{ because: 'repaired', asOfMs: Math.max(...repaired) } as const] : []),
    ...(sequences.length > 0 ? [{ because: 'missing', sequences } as const] : []),
  ]
}

function hasEndedBefore({ end }: Leg, sequence: number): boolean {
  return end?.at.sequence !== undefined && end.at.sequence < sequence
}

function hasTalkedBefore(leg: Leg, sequence: number): boolean {
  const talked = selectFirst(leg, 'talk')?.sequence
  return talked !== undefined && talked < sequence
}
