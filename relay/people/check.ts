import { type Clock, every } from '../../shared/clock.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { wait } from '../clock.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { RingCentralError, type ServiceClient } from '../ringcentral/api.ts'
import type { SignInClient } from '../ringcentral/sign-in.ts'
import { MIN_PENALTY_MS } from '../ringcentral/verdicts.ts'
import { findColleague, type Person } from '../ringcentral/who-is.ts'
import type { Login } from './login.ts'
import type { Logins } from './logins.ts'
import type { SignOut } from './sign-out.ts'
import type { PeopleTokens } from './tokens.ts'

/**
 * Asks RingCentral once a day who each signed-in person is. Somebody who is disabled, gone or in another account is
 * signed out. Their tokens are renewed on the way, or they would run out. For somebody whose tokens can't be renewed, because
 * the app gets no refresh tokens or the key they were encrypted with was replaced, the relay's own user is asked.
 */
export interface PeopleCheckDependencies {
  readonly logins: Logins
  readonly tokens: PeopleTokens
  readonly client: Pick<SignInClient, 'whoIs'>
  readonly service: ServiceClient
  /** Takes one request in the relay's own name: 0. Otherwise how long to wait before asking again, in ms. */
  takeRequest(): number
  readonly clock: Clock
  readonly time: Pick<ConfirmedTime, 'nowMs' | 'earliestMs'>
  readonly logger: Logger
  readonly signOut: SignOut
  accountId(): string | undefined
}

const CHECK_AFTER_MS = DAY_MS
const LOOK_INTERVAL_MS = HOUR_MS

/** Begins the daily checks; the returned function ends them. */
export function startPeopleCheck(dependencies: PeopleCheckDependencies): () => void {
  const { clock, logger } = dependencies
  const ended = new AbortController()
  let isChecking = false
  const stop = every(clock, LOOK_INTERVAL_MS, () => {
    // Many people take more than an hour.
    if (isChecking) return
    isChecking = true
    checkPeople(dependencies, ended.signal)
      .catch((error: unknown) => {
        if (ended.signal.aborted) return
        logger.error({ err: describeError(error) }, 'The signed-in people could not be checked')
      })
      .finally(() => {
        isChecking = false
      })
  })
  return () => {
    stop()
    ended.abort(new Error('The relay stops.'))
  }
}

/** Checks everybody whose last check is a day old, and forgets expired logins. Rejects when `signal` aborts. */
export async function checkPeople(dependencies: PeopleCheckDependencies, signal: AbortSignal): Promise<void> {
  const { logins, clock, time, logger, signOut } = dependencies
  // Asking too early harms nobody, so the clock that is ahead counts.
  const isDue = ({ checkedAtMs }: Login) => checkedAtMs + CHECK_AFTER_MS <= Math.max(clock.nowMs(), time.nowMs())
  await logins.finishRemovals()
  let failed = 0
  let lastError: unknown
  for (const login of logins.all()) {
    signal.throwIfAborted()
    if (login.expiresAtMs <= time.earliestMs()) await signOut(login)
    else if (isDue(login)) {
      // One who can't be checked now is checked in the next round; the others need not wait for that.
      await checkOne(login, dependencies, signal).catch((error: unknown) => {
        failed += 1
        lastError = error
      })
    }
  }
  if (failed > 0) {
    logger.warn({ logins: failed, err: describeError(lastError) }, 'Some people could not be checked: in an hour again')
  }
}

async function checkOne(login: Login, dependencies: PeopleCheckDependencies, signal: AbortSignal): Promise<void> {
  const { logins, tokens, client, time, logger, signOut } = dependencies
  const accountId = dependencies.accountId()
  if (accountId === undefined) return
  const renewed = login.tokens && (await tokens.renew(login.tokenHash, login.tokens))
  const now = logins.findByHash(login.tokenHash)
  // Signed out meanwhile, or because the renewal was refused.
  if (now === undefined) return
  const person = renewed ? await client.whoIs(renewed) : await findWithin(login.extensionId, dependencies, signal)
  if (isStillHere(person, login, accountId)) {
    const { name, homeCountry } = person
    await logins.change(login.tokenHash, { name, homeCountry, checkedAtMs: time.nowMs() })
    return
  }
  await signOut(now)
  logger.info({ extensionId: login.extensionId }, 'Somebody was signed out: RingCentral does not know them as before')
}

/** Asks as the relay's own user as soon as the budget has room, and sends nothing while RingCentral limits requests. */
async function findWithin(
  extensionId: string,
  { service, takeRequest, clock }: PeopleCheckDependencies,
  signal: AbortSignal,
): Promise<Person | undefined> {
  for (let waitMs = takeRequest(); waitMs > 0; waitMs = takeRequest()) await wait(clock, waitMs, signal)
  try {
    return await findColleague(service, extensionId)
  } catch (error) {
    if (error instanceof RingCentralError && error.status === 429) {
      await wait(clock, error.retryAfterMs ?? MIN_PENALTY_MS, signal)
    }
    throw error
  }
}

function isStillHere(person: Person | undefined, { extensionId }: Login, accountId: string): person is Person {
  return person?.isEnabled === true && person.accountId === accountId && person.extensionId === extensionId
}
