import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { type Clock, every } from '../clock.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { ServiceClient } from '../ringcentral/ringcentral.ts'
import type { SignInClient } from '../ringcentral/ringcentral-sign-in.ts'
import { findColleague, type Person } from '../ringcentral/who-is.ts'
import type { SignOut } from './people-sign-out.ts'
import type { PeopleTokens } from './people-tokens.ts'
import type { Session, Sessions } from './sessions.ts'

/**
 * Asks RingCentral once a day who each signed-in person is. Somebody who is disabled, gone or in another account is
 * signed out. Their tokens are renewed on the way, or they would run out. For somebody whose tokens can't be renewed, because
 * the app gets no refresh tokens or the key they were encrypted with was replaced, the relay's own user is asked.
 */
export interface PeopleCheckDependencies {
  readonly sessions: Sessions
  readonly tokens: PeopleTokens
  readonly client: Pick<SignInClient, 'whoIs'>
  readonly service: ServiceClient
  readonly clock: Clock
  readonly logger: Logger
  readonly signOut: SignOut
  accountId(): string | undefined
}

const CHECK_AFTER_MS = DAY_MS
const LOOK_INTERVAL_MS = HOUR_MS

/** Begins the daily checks; the function that is returned ends them. */
export function startPeopleCheck(dependencies: PeopleCheckDependencies): () => void {
  return every(dependencies.clock, LOOK_INTERVAL_MS, () => {
    checkPeople(dependencies).catch((error: unknown) => {
      dependencies.logger.error({ err: describeError(error) }, 'The signed-in people could not be checked')
    })
  })
}

/** Checks everybody whose last check is a day old, and forgets expired sessions. */
export async function checkPeople(dependencies: PeopleCheckDependencies): Promise<void> {
  const { sessions, clock, logger, signOut } = dependencies
  await sessions.finishRemovals()
  for (const session of sessions.all()) {
    const nowMs = clock.nowMs()
    if (session.expiresAtMs <= nowMs) await signOut(session)
    else if (session.checkedAtMs + CHECK_AFTER_MS <= nowMs) {
      // One who can't be checked now is checked in the next round; the others need not wait for that.
      await checkOne(session, dependencies).catch((error: unknown) => {
        logger.warn({ err: describeError(error), extensionId: session.extensionId }, 'Somebody could not be checked')
      })
    }
  }
}

async function checkOne(session: Session, dependencies: PeopleCheckDependencies): Promise<void> {
  const { sessions, tokens, client, service, clock, logger, signOut } = dependencies
  const accountId = dependencies.accountId()
  if (accountId === undefined) return
  const renewed = session.tokens && (await tokens.renew(session.tokenHash, session.tokens))
  const now = sessions.findByHash(session.tokenHash)
  // Signed out meanwhile, or because the renewal was refused.
  if (now === undefined) return
  const person = renewed ? await client.whoIs(renewed) : await findColleague(service, session.extensionId)
  if (isStillHere(person, session, accountId)) {
    await sessions.change(session.tokenHash, { name: person.name, checkedAtMs: clock.nowMs() })
    return
  }
  await signOut(now)
  logger.info({ extensionId: session.extensionId }, 'Somebody was signed out: RingCentral does not know them as before')
}

function isStillHere(person: Person | undefined, { extensionId }: Session, accountId: string): person is Person {
  return person?.isEnabled === true && person.accountId === accountId && person.extensionId === extensionId
}
