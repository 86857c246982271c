import type { Person } from '../../people.ts'
import type { Queue } from '../../queue.ts'
import {
  type Speaker,
  showAlways,
  showCalledToCaller,
  showCallerOfQueue,
  showCallerToCalled,
  showCallerToSelf,
} from '../ends.ts'
import type { LiveSession } from '../live-session.ts'
import { isRinging, requireState } from '../party-state.ts'
import { showOtherEnd } from './move.ts'
import { ownerOf, ringTarget } from './ring.ts'

/** After the call's start: when a queue that rings all its agents at once does so. */
const RINGS_AFTER_MS = 140

/** Somebody calls a queue, and waits in it. Gives the queue's own party. */
export function callQueue(session: LiveSession, caller: Speaker, queue: Queue): string {
  const from = session.add({
    role: 'caller',
    ...ownerOf(caller),
    direction: 'Outbound',
    to: showCalledToCaller(queue, queue.phoneNumber),
    from: showCallerToSelf(caller),
  })
  const itself = addQueue(session, caller, queue)
  session.tell([
    [0, from, { code: 'Setup' }],
    [27, itself, { code: 'Setup' }],
    [120, from, { code: 'Answered' }],
  ])
  if (queue.settings.transferMode !== 'Simultaneous') session.tell([[158, itself, { code: 'Answered' }]])
  return itself
}

/** A caller who is in the session already is sent on to another queue. Gives that queue's party. */
export function redirectToQueue(session: LiveSession, queuePartyId: string, caller: Speaker, next: Queue): string {
  const itself = addQueue(session, caller, next)
  session.tell([
    [0, queuePartyId, { code: 'Disconnected', reason: 'CallRedirected' }],
    [0, itself, { code: 'Setup' }],
    [31, itself, { code: 'Answered' }],
  ])
  return itself
}

/** Somebody in a call, or whose phone rings, gives the other side to a queue. Gives that queue's party. */
export function giveToQueue(
  session: LiveSession,
  partyId: string,
  next: Queue,
  operation: 'forward' | 'transfer',
): { readonly queuePartyId: string; readonly caller: Speaker } {
  const party = session.party(partyId)
  requireState(operation, party.code)
  const { name, phoneNumber } = showOtherEnd(party)({ sequence: Number.POSITIVE_INFINITY, code: party.code })
  const own = name?.replace(`${party.queue?.name} - `, '')
  const caller: Speaker = { kind: 'outside', who: { name: own, phoneNumber } }
  const queuePartyId = addQueue(session, caller, next)
  session.tell([
    [0, partyId, { code: 'Disconnected', reason: 'BlindTransfer' }],
    [0, queuePartyId, { code: 'Setup' }],
    [31, queuePartyId, { code: 'Answered' }],
  ])
  return { queuePartyId, caller }
}

/** The same, to the mailbox of a queue: a caller who waits in it leaves the message where they are. Gives the party that takes it. */
export function giveToMailbox(
  session: LiveSession,
  partyId: string,
  queue: Queue,
  operation: 'forward' | 'transfer',
): string {
  const party = session.party(partyId)
  requireState(operation, party.code)
  if (party.role === 'queue' && party.extensionId === queue.extensionId) {
    takeMessage(session, partyId)
    return partyId
  }
  const { queuePartyId } = giveToQueue(session, partyId, queue, operation)
  takeMessage(session, queuePartyId)
  return queuePartyId
}

/** A caller is sent on to a person, whose phone rings. */
export function redirectToPerson(session: LiveSession, queuePartyId: string, person: Person): void {
  const { from } = session.party(queuePartyId)
  session.tell([[0, queuePartyId, { code: 'Disconnected', reason: 'CallRedirected' }]])
  ringTarget(session, { kind: 'colleague', who: person }, from)
}

/** The queue rings agents for a caller. Their first event is Proceeding; Setup is not told. */
export function offerTo(
  session: LiveSession,
  caller: Speaker,
  queue: Queue,
  agents: readonly Person[],
): readonly string[] {
  const { phoneNumber, name, extensionId } = queue
  const ids = agents.map((agent) =>
    session.add({
      role: 'called',
      owner: agent,
      extensionId: agent.extensionId,
      direction: 'Inbound',
      to: showAlways({ phoneNumber, name, extensionId }),
      from: showCallerOfQueue(caller, session.callerNameFromSequence, queue),
      queue,
    }),
  )
  const afterMs = queue.settings.transferMode === 'Simultaneous' ? RINGS_AFTER_MS : 14
  session.tell(ids.map((id) => [afterMs, id, { code: 'Proceeding' }] as const))
  return ids
}

/** An agent has not picked up in time: the queue goes on to the next. */
export function takeOfferBack(session: LiveSession, partyId: string): void {
  session.tell([[0, partyId, { code: 'Disconnected', reason: 'NoAnswer' }]])
}

/** The same for all who are rung for a caller that has left a queue. */
export function takeOffersBack(session: LiveSession, queueId: string | undefined): void {
  for (const party of session.present()) {
    if (party.queue?.extensionId === queueId && isRinging(party.code)) takeOfferBack(session, party.id)
  }
}

/** The caller leaves a message with the queue itself; whoever is rung for them is no longer. */
export function takeMessage(session: LiveSession, queuePartyId: string): void {
  session.tell([[0, queuePartyId, { code: 'VoiceMail' }]])
}

function addQueue(session: LiveSession, caller: Speaker, { extensionId, phoneNumber, name }: Queue): string {
  return session.add({
    role: 'queue',
    owner: undefined,
    extensionId,
    direction: 'Inbound',
    to: showAlways({ phoneNumber, name, extensionId }),
    // Nobody looks up the name for a queue.
    from: showCallerToCalled(caller, Number.POSITIVE_INFINITY),
  })
}
