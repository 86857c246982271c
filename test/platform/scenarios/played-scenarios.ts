import type { LiveCalls } from '../calls/live-calls.ts'
import type { Hand } from '../calls/live-party.ts'
import type { LiveSession, OriginType } from '../calls/live-session.ts'
import type { Session } from '../calls/sessions.ts'
import type { Directory } from '../directory.ts'
import { describeSoFar } from './take-over.ts'

/** Scenarios under way, each until somebody acts on one of its calls: from then on that is steered, and the rest does not happen. */
export interface PlayedScenarios {
  /** Notes a scenario by its sessions; tells whether the rest of it is off. */
  add(telephonySessionIds: readonly string[]): () => boolean
  takeOver(session: Session, hand: Hand): LiveSession
  /** The session as it would be if it were taken over now. */
  look(session: Session): LiveSession
}

export function createPlayedScenarios({
  calls,
  directory,
}: {
  readonly calls: LiveCalls
  readonly directory: Directory
}): PlayedScenarios {
  const off = new Set<string>()
  const goOn = (session: Session, hand: Hand, isLooked: boolean) =>
    calls.goOn(originOf(session), session.accountId, describeSoFar(session, directory, hand), isLooked)

  return {
    add: (telephonySessionIds) => () => telephonySessionIds.some((id) => off.has(id)),
    takeOver: (session, hand) => {
      off.add(session.telephonySessionId)
      return goOn(session, hand, false)
    },
    look: (session) => goOn(session, 'phone', true),
  }
}

function originOf({ origin: { type } }: Session): OriginType {
  return type === 'Conference' || type === 'CallOut' ? type : 'Call'
}
