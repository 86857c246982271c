import type { LiveCalls } from '../calls/live-calls.ts'
import type { LiveParty } from '../calls/live-party.ts'
import type { LiveSession } from '../calls/live-session.ts'
import type { Session, Sessions } from '../calls/sessions.ts'
import type { Person } from '../people.ts'
import { missingPermission, notFound, RestError } from './rest-error.ts'

/** A party that a request wants to act on. */
export interface FoundParty {
  readonly session: LiveSession
  readonly party: LiveParty
}

export interface CallFinder {
  /** A session that is not over, for those who take part in it and for those who see the whole account. */
  session(person: Person, telephonySessionId: string): Session
  /** The same, to be steered: a scenario's is taken over. */
  live(person: Person, telephonySessionId: string): LiveSession
  /** A session of the account that can be steered, whoever takes part: to join it from outside. */
  anyLive(person: Person, telephonySessionId: string): LiveSession
  party(session: LiveSession, partyId: string): FoundParty
  /** A party that the person may act on: their own, and an administrator's is everybody's. */
  ownParty(person: Person, telephonySessionId: string, partyId: string): FoundParty
}

/** Looks up what a request names, and throws the platform's refusal for what there is not or is not theirs. */
export function createCallFinder(
  sessions: Sessions,
  calls: LiveCalls,
  takeOver: (session: Session) => LiveSession,
): CallFinder {
  const findSession = (person: Person, telephonySessionId: string): Session => {
    const session = sessions.find(telephonySessionId)
    const maySee =
      session?.accountId === person.accountId &&
      (person.isAdministrator || session.parties.some(({ extensionId }) => extensionId === person.extensionId))
    if (session === undefined || !maySee) throw notFound('telephonySessionId')
    return session
  }

  const findAnyLive = (person: Person, telephonySessionId: string): LiveSession => {
    const live = calls.find(telephonySessionId)
    if (live?.accountId === person.accountId) return live
    const played = live === undefined ? sessions.find(telephonySessionId) : undefined
    if (played?.accountId !== person.accountId) throw notFound('telephonySessionId')
    return takeOver(played)
  }

  const findParty = (session: LiveSession, partyId: string): FoundParty => {
    const party = session.parties().find(({ id }) => id === partyId)
    if (party === undefined) throw notFound('partyId')
    return { session, party }
  }

  /** Whoever is in the call may steer it, also when that has not been told yet. */
  const findLive = (person: Person, telephonySessionId: string): LiveSession => {
    // Before it is taken over: that is for who takes part.
    if (calls.find(telephonySessionId) === undefined) findSession(person, telephonySessionId)
    const live = findAnyLive(person, telephonySessionId)
    const takesPart = live.parties().some(({ extensionId }) => extensionId === person.extensionId)
    if (!takesPart && !person.isAdministrator) throw notFound('telephonySessionId')
    return live
  }

  return {
    session: findSession,
    live: findLive,
    anyLive: findAnyLive,
    party: findParty,
    ownParty(person, telephonySessionId, partyId) {
      const found = findParty(findLive(person, telephonySessionId), partyId)
      const isTheirs = found.party.extensionId === person.extensionId || person.isAdministrator
      if (!isTheirs) throw missingPermission('user', 'CallControl')
      return found
    },
  }
}

/** The platform's refusal of an operation that the state of the call does not allow. Its code is not documented. */
export function conflict(message: string): RestError {
  return new RestError(409, 'TAS-106', message)
}
