import { showAlways } from '../calls/ends.ts'
import { type Hand, type LiveParty, newParty, type Role } from '../calls/live-party.ts'
import type { SessionSoFar } from '../calls/live-session.ts'
import type { NotificationParty } from '../calls/notification.ts'
import type { PartyCode } from '../calls/party-state.ts'
import type { Session } from '../calls/sessions.ts'
import type { Directory } from '../directory.ts'

/**
 * A scenario's session as far as it has been played, to be steered from now on: what is left of the recording is dropped. `hand`: who
 * takes it over, and so lets go of a hold of the recording.
 */
export function describeSoFar(session: Session, directory: Directory, hand: Hand): SessionSoFar {
  const { telephonySessionId, sessionId, parties, lastChange } = session
  return {
    telephonySessionId,
    sessionId,
    sequence: lastChange.sequence,
    parties: parties.map((party, index) => describeParty(party, { directory, hand, isFirst: index === 0 })),
  }
}

function describeParty(
  told: NotificationParty,
  { directory, hand, isFirst }: { directory: Directory; hand: Hand; isFirst: boolean },
): LiveParty {
  const { id, accountId, extensionId, direction, to, from, conferenceRole } = told
  const { code, reason, parkData, peerId } = told.status
  const owner = extensionId === undefined ? undefined : directory.find(accountId, extensionId)
  const queue = told.queueCall === true ? findCalledQueue(told, directory) : undefined
  const partyCode = CODES[code] ?? 'Answered'
  const plan = {
    role: selectRole(told, { isSomebody: owner !== undefined, isFirst }),
    owner,
    extensionId,
    direction,
    to: showAlways(to),
    from: showAlways(from),
    ...(queue !== undefined && { queue }),
    ...(conferenceRole !== undefined && { conferenceRole }),
  }
  return {
    ...newParty(id, plan),
    code: partyCode,
    status: {
      ...(reason !== undefined && { reason }),
      ...(parkData !== undefined && { parkData }),
      ...(peerId !== undefined && { peerId }),
    },
    isRung: partyCode === 'Proceeding',
    missedCall: told.missedCall,
    muted: told.muted,
    recordings: told.recordings ?? [],
    holds: new Set(partyCode === 'Hold' ? [hand] : []),
  }
}

function findCalledQueue({ accountId, to }: NotificationParty, directory: Directory) {
  return to.extensionId === undefined ? undefined : directory.findQueue(accountId, to.extensionId)
}

/** A menu and a queue are extensions that are nobody's. Who comes in later as a caller listens in, or goes on with the call elsewhere. */
function selectRole(
  { direction, extensionId, muted, conferenceRole }: NotificationParty,
  { isSomebody, isFirst }: { isSomebody: boolean; isFirst: boolean },
): Role {
  if (conferenceRole !== undefined) return 'participant'
  if (extensionId !== undefined && !isSomebody) return 'queue'
  if (direction === 'Inbound') return 'called'
  if (isFirst) return 'caller'
  return muted ? 'observer' : 'called'
}

/** Other spellings and states of recorded traffic, by what can be done in them. */
const CODES: Readonly<Record<string, PartyCode>> = {
  Setup: 'Setup',
  Proceeding: 'Proceeding',
  Answered: 'Answered',
  Hold: 'Hold',
  Parked: 'Parked',
  VoiceMail: 'VoiceMail',
  Voicemail: 'VoiceMail',
  VMScreening: 'VoiceMail',
  VoiceMailScreening: 'VoiceMail',
  FaxReceive: 'VoiceMail',
  Gone: 'Gone',
  Disconnected: 'Disconnected',
}
