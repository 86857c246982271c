import { newLegacySessionId, newSessionKey } from '../calls/ids.ts'

interface SessionIds {
  readonly telephonySessionId: string
  readonly sessionId: string
}

/** The legacy id of every conference: not an id, so there is no new one for it. */
const CONFERENCE_SESSION_ID = '0'

/**
 * New ids for the sessions of a stream: a way to write any text of it anew, in which each old id becomes the same new one
 * wherever it stands (its session, its parties, a `peerId` in another session).
 */
export function createFreshIds(sessions: readonly SessionIds[]): (text: string) => string {
  const keys = new Map<string, string>()
  const legacyIds = new Map([[CONFERENCE_SESSION_ID, CONFERENCE_SESSION_ID]])
  for (const { telephonySessionId, sessionId } of sessions) {
    const key = telephonySessionId.replace(/^s-/, '')
    if (!keys.has(key)) keys.set(key, newSessionKey())
    if (!legacyIds.has(sessionId)) legacyIds.set(sessionId, newLegacySessionId())
  }
  // The key is what the ids of a session and of its parties have in common.
  const idPattern = new RegExp(`(?<=^[sp]-)(${[...keys.keys()].join('|')})(?=$|-)`)
  return (text) => legacyIds.get(text) ?? text.replace(idPattern, (key) => keys.get(key) ?? key)
}
