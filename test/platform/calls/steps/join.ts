import type { Person } from '../../people.ts'
import { atPhone, showAlways } from '../ends.ts'
import type { LiveCalls } from '../live-calls.ts'
import type { LiveParty, PartyChange } from '../live-party.ts'
import type { LiveSession, Step } from '../live-session.ts'
import type { NotificationEndpoint } from '../notification.ts'
import { CallStateError, requireState } from '../party-state.ts'
import { ARRIVES_AFTER_MS, passThrough } from './pass-through.ts'

/** Where a party is, for a party elsewhere that names it. */
interface Place {
  readonly session: LiveSession
  readonly partyId: string
}

/** Attended transfer: a person who is in two calls leaves both and joins them. */
export function bridge(mine: Place, other: Place): void {
  for (const { session, partyId } of [mine, other]) requireState('bridge', session.party(partyId).code)
  if (mine.session === other.session) throw new CallStateError('bridge', 'both parties are of the same session')
  if (mine.session.partner !== undefined || other.session.partner !== undefined) {
    throw new CallStateError('bridge', 'it is joined to another call already')
  }
  const goTo = (place: Place): PartyChange => ({ code: 'Gone', reason: 'AttendedTransfer', peerId: peerOf(place) })
  mine.session.tell([[0, mine.partyId, goTo(other)]])
  other.session.tell([[0, other.partyId, goTo(mine)]])
  mine.session.partner = other.session
  other.session.partner = mine.session
}

/**
 * A supervisor listens in: muted, called by nobody, and no reason for the call to go on. A call has one listener at a time, and
 * a listener one call. Gives the observing party's id.
 */
export function supervise(calls: LiveCalls, session: LiveSession, agentPartyId: string, supervisor: Person): string {
  const agentParty = session.party(agentPartyId)
  requireState('supervise', agentParty.code)
  const agent = agentParty.owner
  if (agent === undefined) throw new CallStateError('supervise', 'it is not a colleague’s')
  if (session.present().some(({ role }) => role === 'observer')) {
    throw new CallStateError('supervise', 'somebody listens in already')
  }
  if (calls.isListening(supervisor.extensionId)) {
    throw new CallStateError('supervise', 'the supervisor listens in on another call')
  }
  const dialled = { phoneNumber: agent.extensionNumber }
  const reached = { name: agent.name, extensionId: agent.extensionId }
  const observing = session.add({
    role: 'observer',
    owner: supervisor,
    extensionId: supervisor.extensionId,
    direction: 'Outbound',
    to: showAlways({ ...dialled, ...reached }),
    from: showAlways(atPhone(supervisor)),
  })
  passThrough(calls, supervisor, {
    dialled,
    reached,
    reason: 'Supervising',
    peerId: peerOf({ session, partyId: observing }),
  })
  session.tell([[ARRIVES_AFTER_MS, observing, { code: 'Answered', muted: true }]])
  return observing
}

const CONFERENCE_END: NotificationEndpoint = { name: 'Conference' }

/** Opens a conference with its host. */
export function openConference(calls: LiveCalls, host: Person): LiveSession {
  const session = calls.open('Conference', host.accountId)
  const id = session.add({
    role: 'participant',
    owner: host,
    extensionId: host.extensionId,
    direction: 'Outbound',
    to: showAlways(CONFERENCE_END),
    from: showAlways(atPhone(host)),
    conferenceRole: 'Host',
  })
  session.tell([[0, id, { code: 'Answered' }]])
  return session
}

/**
 * Takes a call of the host into the conference: the other side becomes a participant, and the call's parties go to the
 * conference. Clients name either party of the call. Gives the participant's id.
 */
export function bringIn(conference: LiveSession, { session, partyId }: Place, host: Person): string {
  if (conference.originType !== 'Conference') throw new CallStateError('bring in', 'that session is not a conference')
  requireState('bring in', session.party(partyId).code)
  const hostParty = conference.present().find(({ conferenceRole }) => conferenceRole === 'Host')
  if (hostParty === undefined) throw new CallStateError('bring in', 'the host has left the conference')
  const talking = session.present().filter(({ role }) => role !== 'observer')
  const guest = talking.find(({ extensionId }) => extensionId !== host.extensionId)
  if (guest === undefined) throw new CallStateError('bring in', 'nobody else is in the call')
  requireState('bring in', guest.code)

  const participant = conference.add({
    role: 'participant',
    owner: guest.owner,
    extensionId: guest.extensionId,
    direction: 'Inbound',
    to: showAlways(endOf(guest, conference)),
    from: showAlways(CONFERENCE_END),
    conferenceRole: 'Participant',
  })
  conference.tell([[0, participant, { code: 'Answered' }]])
  session.tell(
    session.present().map((party): Step => {
      const place = party.id === guest.id ? participant : hostParty.id
      return [
        0,
        party.id,
        { code: 'Gone', reason: 'Conference', peerId: peerOf({ session: conference, partyId: place }) },
      ]
    }),
  )
  return participant
}

/** A party's own end, without the device: a caller's `from`, a called one's `to`. */
function endOf(party: LiveParty, conference: LiveSession): NotificationEndpoint {
  const moment = { sequence: conference.callerNameFromSequence, code: party.code }
  const { deviceId: _, ...end } = party.direction === 'Outbound' ? party.from(moment) : party.to(moment)
  return end
}

function peerOf({ session, partyId }: Place): NonNullable<PartyChange['peerId']> {
  return { sessionId: session.sessionId, telephonySessionId: session.telephonySessionId, partyId }
}
