import { DAY_MS, HOUR_MS } from '../shared/time.ts'
import { type Clock, every } from './clock.ts'
import { describeError } from './errors.ts'
import type { Logger } from './log.ts'
import { RingCentralError, type ServiceClient } from './ringcentral.ts'
import type { RingCentralTokens, SignInClient } from './ringcentral-sign-in.ts'
import type { Session, Sessions } from './sessions.ts'
import { findColleague, type Person } from './who-is.ts'

/**
 * Asks RingCentral once a day who each signed-in person is. Somebody who is disabled, gone or in another account is
 * signed out. Their tokens are refreshed on the way, or they would run out; when RingCentral refuses that, the relay's own
 * user is asked instead, because a spent token alone does not mean that somebody left.
 */
export interface PeopleCheckDependencies {
  readonly sessions: Sessions
  readonly client: SignInClient
  readonly service: ServiceClient
  readonly clock: Clock
  readonly logger: Logger
  accountId(): string | undefined
  onRevoked(tokenHash: string): void
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
  const { sessions, clock, logger } = dependencies
  for (const session of sessions.all()) {
    const nowMs = clock.nowMs()
    if (session.expiresAtMs <= nowMs) await sessions.remove(session.tokenHash)
    else if (session.checkedAtMs + CHECK_AFTER_MS <= nowMs) {
      // One who can't be checked now is checked in the next round; the others need not wait for that.
      await checkOne(session, dependencies).catch((error: unknown) => {
        logger.warn({ err: describeError(error), extensionId: session.extensionId }, 'Somebody could not be checked')
      })
    }
  }
}

async function checkOne(session: Session, dependencies: PeopleCheckDependencies): Promise<void> {
  const { sessions, service, clock, logger } = dependencies
  const accountId = dependencies.accountId()
  if (accountId === undefined) return
  const tokens = await refresh(session, dependencies)
  const person =
    tokens === undefined ? await findColleague(service, session.extensionId) : await dependencies.client.whoIs(tokens)
  if (isStillHere(person, session, accountId)) {
    await sessions.change(session.tokenHash, { name: person.name, checkedAtMs: clock.nowMs() })
    return
  }
  await sessions.remove(session.tokenHash)
  dependencies.onRevoked(session.tokenHash)
  logger.info({ extensionId: session.extensionId }, 'Somebody was signed out: RingCentral does not know them as before')
}

/** Tokens that are good for a request, already stored; `undefined` when RingCentral gives none any more. */
async function refresh(
  { tokenHash, tokens: old }: Session,
  { sessions, client }: PeopleCheckDependencies,
): Promise<RingCentralTokens | undefined> {
  const tokens = old?.refreshToken === undefined ? undefined : await refreshUnlessRefused(client, old.refreshToken)
  await sessions.change(tokenHash, { tokens })
  return tokens
}

async function refreshUnlessRefused(
  client: SignInClient,
  refreshToken: string,
): Promise<RingCentralTokens | undefined> {
  try {
    return await client.refresh(refreshToken)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof RingCentralError && (error.status === 400 || error.status === 401 || error.status === 403)
}

function isStillHere(person: Person | undefined, { extensionId }: Session, accountId: string): person is Person {
  return person?.isEnabled === true && person.accountId === accountId && person.extensionId === extensionId
}
