import { asSeenOutside, type ShowEnd, showAlways } from '../ends.ts'
import type { LiveParty } from '../live-party.ts'
import type { LiveSession } from '../live-session.ts'
import { CallStateError, requireState } from '../party-state.ts'
import { ringTarget, type Target } from './ring.ts'

/** What a ringing party does with a call it does not take: it goes on to somebody else, or to a voicemail box. */
export function forward(session: LiveSession, partyId: string, target: Target): string {
  requireState('forward', session.party(partyId).code)
  if (session.party(partyId).direction !== 'Inbound') throw new CallStateError('forward', 'it is an outgoing call')
  return giveTo(session, partyId, target, 'forward')
}

/** The same for a connected party, without asking the target. */
export function transfer(session: LiveSession, partyId: string, target: Target): string {
  requireState('transfer', session.party(partyId).code)
  return giveTo(session, partyId, target, 'transfer')
}

/** The party's own voicemail needs no new party: the caller leaves a message where the phone rang. */
function giveTo(session: LiveSession, partyId: string, target: Target, operation: 'forward' | 'transfer'): string {
  const party = session.party(partyId)
  if (target.kind === 'voicemail' && operation === 'forward' && target.who.extensionId === party.extensionId) {
    session.tell([[0, partyId, { code: 'VoiceMail' }]])
    return partyId
  }
  session.tell([[0, partyId, { code: 'Disconnected', reason: 'BlindTransfer' }]])
  return ringTarget(session, target, showOtherEnd(party))
}

/** Goes on at another phone of the same person: a new party, which is outgoing whatever the call was. */
export function flip(session: LiveSession, partyId: string): string {
  const party = session.party(partyId)
  requireState('flip', party.code)
  if (party.owner === undefined) throw new CallStateError('flip', 'it is not a colleague’s')
  const next = session.add({
    role: party.role,
    owner: party.owner,
    extensionId: party.extensionId,
    direction: 'Outbound',
    to: showOtherEnd(party),
    from: showAlways(asSeenOutside(party.owner)),
  })
  session.tell([
    [0, partyId, { code: 'Disconnected', reason: 'CallFlip' }],
    [31, next, { code: 'Answered' }],
  ])
  return next
}

/** Whom a party talks to, as that party shows them. */
export function showOtherEnd({ direction, from, to }: LiveParty): ShowEnd {
  return direction === 'Inbound' ? from : to
}
