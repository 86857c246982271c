import type { LiveParty, PartyChange } from '../live-party.ts'
import type { LiveSession, Step } from '../live-session.ts'
import { CallStateError, hasLeft, isRinging, requireState } from '../party-state.ts'

/** Between one party's end and the next one's, as recorded. */
const NEXT_GOODBYE_AFTER_MS = 10

/**
 * A party leaves, and with it everybody who has nobody left to talk to. An observer, an agent whom a queue rings and one
 * participant of a larger conference leave alone; the host of a conference ends it.
 */
export function hangUp(session: LiveSession, partyId: string, options: { readonly keepsOthers?: boolean } = {}): void {
  const party = session.party(partyId)
  requireState('hang up', party.code)
  const isDeclined = party.role === 'called' && party.owner !== undefined && isRinging(party.code)
  leave(session, partyId, isDeclined ? { reason: 'Rejected' } : {}, options)
}

export function reject(session: LiveSession, partyId: string): void {
  requireRung(session, partyId, 'reject')
  leave(session, partyId, { reason: 'Rejected' })
}

/** An agent lets the others of a queue take the call. */
export function ignore(session: LiveSession, partyId: string): void {
  requireRung(session, partyId, 'ignore')
  if (session.party(partyId).queue === undefined) throw new CallStateError('ignore', 'it is not a call of a queue')
  leave(session, partyId, {})
}

/** The platform reads an answer to the caller and ends the call. */
export function reply(session: LiveSession, partyId: string): void {
  requireRung(session, partyId, 'reply')
  leave(session, partyId, { reason: 'CallReplied' })
}

/** Ends a session, and the one joined to it, for everybody. */
export function drop(session: LiveSession): void {
  const [first] = session.present()
  if (first !== undefined) leave(session, first.id, {}, { endsAll: true })
}

function requireRung(session: LiveSession, partyId: string, operation: 'reject' | 'ignore' | 'reply'): void {
  const party = session.party(partyId)
  requireState(operation, party.code)
  if (party.direction !== 'Inbound') throw new CallStateError(operation, 'it is an outgoing call')
}

function leave(
  session: LiveSession,
  partyId: string,
  change: PartyChange,
  options: { readonly keepsOthers?: boolean; readonly endsAll?: boolean } = {},
): void {
  const party = session.party(partyId)
  const others = session.present().filter(({ id }) => id !== partyId)
  const staysAlone = options.endsAll !== true && leavesAlone(session, party, others, options.keepsOthers ?? false)
  session.tell([[0, partyId, { ...change, code: 'Disconnected' }], ...(staysAlone ? [] : sayGoodbye(others, party, 1))])
  const { partner } = session
  if (staysAlone || partner === undefined || partner.isOver()) return
  partner.tell(sayGoodbye(partner.present(), party, others.length + 1))
}

function leavesAlone(
  session: LiveSession,
  { role, queue, code, conferenceRole }: LiveParty,
  others: readonly LiveParty[],
  keepsOthers: boolean,
): boolean {
  if (role === 'observer' || (queue !== undefined && isRinging(code))) return true
  if (session.originType !== 'Conference') return false
  const endsConference = conferenceRole === 'Host' && !keepsOthers
  return !endsConference && others.length > 1
}

function sayGoodbye(parties: readonly LiveParty[], first: LiveParty, from: number): readonly Step[] {
  return parties.map((party, index) => [
    (from + index) * NEXT_GOODBYE_AFTER_MS,
    party.id,
    { code: 'Disconnected', ...describeLoss(party, first) },
  ])
}

/** A phone that rang until the caller left has missed a call; the network of an outside one says that it was cancelled. */
function describeLoss({ role, code, owner, queue }: LiveParty, first: LiveParty): PartyChange {
  if (role !== 'called' || first.role !== 'caller' || !isRinging(code) || hasLeft(code)) return {}
  if (owner === undefined) return { reason: 'Cancelled' }
  return queue === undefined ? { missedCall: true } : {}
}
