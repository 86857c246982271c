import type { Reason } from '../protocol/status-codes.ts'
import { SECOND_MS } from '../time.ts'
import { comesBefore, selectConnected, selectStates, selectStretches } from './leg.ts'
import { selectRole } from './roles.ts'
import type { Call, Leg, Mark } from './state.ts'

/**
 * Whether somebody who was in a call left it at a parking place. The platform tells that in several ways: on their own leg
 * (`Parked`), by the reason that it ends with, by the pick-up that ends it, or on the leg of who waits.
 */
export function hasLeftParked(call: Call, leg: Leg): boolean {
  // Nobody outside can park a call: they wait there, and may give up.
  if (leg.end === undefined || leg.extensionId === undefined || selectRole(call, leg) !== 'person') return false
  const { reason } = leg.end
  if (isParking(reason) || selectStates(leg).at(-1) === 'parked') return true
  const connected = selectConnected(leg)
  if (connected === undefined) return false
  // A call that was under way is taken from a parking place only.
  return reason === 'Pickup' || leavesWaiting(call, leg, connected)
}

/** Where a call waits that this leg left, as told; `undefined` when it was not left waiting, or the place has no number. */
export function selectParkedAt(call: Call, leg: Leg): string | undefined {
  if (leg.parkedAt !== undefined || !hasLeftParked(call, leg)) return leg.parkedAt
  return call.legs.find((other) => other !== leg && selectStates(other).includes('parked'))?.parkedAt
}

export function isParking(reason: Reason | 'Unrecognised' | undefined): boolean {
  return reason === 'CallPark' || reason === 'ParkLocation'
}

/** Who parks a call is out of it within moments; who waits there hardly ever gives up within them. */
const PARKING_MS = 2 * SECOND_MS

/** Whether somebody else was parked, after this leg was connected, at the moment at which it ended. */
function leavesWaiting(call: Call, { id, extensionId, end }: Leg, connected: Mark): boolean {
  const isNow = ({ timeMs }: Mark) => end !== undefined && Math.abs(end.at.timeMs - timeMs) <= PARKING_MS
  return call.legs.some((other) => {
    if (other.id === id || other.extensionId === extensionId) return false
    return selectStretches(other).some(
      ({ state, from }) => state === 'parked' && comesBefore(connected, from) && isNow(from),
    )
  })
}
