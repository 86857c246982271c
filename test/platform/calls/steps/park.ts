import type { Person } from '../../people.ts'
import { showAlways } from '../ends.ts'
import type { LiveCalls } from '../live-calls.ts'
import type { LiveSession } from '../live-session.ts'
import { CallStateError, requireState } from '../party-state.ts'
import { showOtherEnd } from './move.ts'
import { ARRIVES_AFTER_MS, passThrough } from './pass-through.ts'

/** Parks at a place of choice, or at the first free one. */
export function park(calls: LiveCalls, session: LiveSession, partyId: string, orbit: string = calls.freeOrbit()): void {
  requireState('park', session.party(partyId).code)
  if (!calls.isOrbitFree(orbit)) throw new CallStateError('park', `somebody is parked at ${orbit} already`)
  session.tell([[0, partyId, { code: 'Parked', reason: 'CallPark', parkData: orbit }]])
}

/**
 * A colleague takes a parked call: with a session of their own that goes over into it, where they get a new party. Gives that
 * party's id.
 */
export function pickUp(calls: LiveCalls, session: LiveSession, partyId: string, colleague: Person): string {
  const parked = session.party(partyId)
  requireState('pickup', parked.code)
  const { extensionNumber, name, extensionId } = colleague
  const taken = session.add({
    role: 'called',
    owner: colleague,
    extensionId,
    direction: 'Inbound',
    to: showAlways({ phoneNumber: extensionNumber, name, extensionId }),
    from: showOtherEnd(parked),
  })
  passThrough(calls, colleague, {
    dialled: { phoneNumber: parked.status.parkData ?? '' },
    reached: {},
    reason: 'Pickup',
    peerId: { sessionId: session.sessionId, telephonySessionId: session.telephonySessionId, partyId: taken },
  })
  session.tell([
    [ARRIVES_AFTER_MS, partyId, { code: 'Disconnected', reason: 'Pickup' }],
    [ARRIVES_AFTER_MS, taken, { code: 'Answered' }],
  ])
  return taken
}
