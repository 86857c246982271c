import type { LiveSession } from '../calls/live-session.ts'
import type { NotificationParty } from '../calls/notification.ts'
import type { Session } from '../calls/sessions.ts'

/** A party in an answer: as in events, and its owner once more in the older form. */
export function describeRestParty(party: NotificationParty) {
  const { accountId, extensionId } = party
  return { ...party, owner: { accountId, ...(extensionId !== undefined && { extensionId }) } }
}

/** The answer has no sequence number, no legacy id and no times per state: the real one has none either. */
export function describeRestSession({ telephonySessionId, creationTime, origin, parties }: Session) {
  return { id: telephonySessionId, creationTime, origin, parties: parties.map(describeRestParty) }
}

/** A session that has just been opened, by call-out or as a conference. */
export function describeOpenedSession(session: LiveSession, creationTime: string) {
  const { telephonySessionId, originType } = session
  return {
    session: {
      id: telephonySessionId,
      creationTime,
      origin: { type: originType },
      parties: session.parties().map(({ id }) => describeRestParty(session.describe(id))),
    },
  }
}
