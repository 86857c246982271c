import { type Clock, every } from '../../shared/clock.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { wait } from '../clock.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { RingCentralError, type ServiceClient } from '../ringcentral/api.ts'
import { type Grants, NO_GRANTS, readGrants } from '../ringcentral/grants.ts'
import type { RingCentralTokens, SignInClient } from '../ringcentral/sign-in.ts'
import { isPermissionMissing } from '../ringcentral/verdicts.ts'
import type { Login } from './login.ts'
import type { Logins } from './logins.ts'
import type { PeoplePenalties } from './penalties.ts'
import type { Rights } from './rights.ts'
import type { PeopleTokens } from './tokens.ts'

/**
 * Asks RingCentral what people may watch: when they sign in, once a day, and when it has refused them something. A failure
 * leaves what was known, and is tried again within the hour; that somebody may not even ask means that they watch nothing.
 */
export interface RightsReading {
  /** Reads with the tokens of somebody who signs in, and keeps it. Resolves when it is known, or after five seconds. */
  readFirst(extensionId: string, tokens: RingCentralTokens): Promise<void>
  /** RingCentral has refused this person something: what they may do may be another. Asks at most once a minute. */
  doubt(login: Login): void
  /** Begins to look, now and each hour, whose rights are not known or a day old; the returned function ends it. */
  start(): () => void
}

export interface RightsReadingDependencies {
  readonly rights: Rights
  readonly logins: Pick<Logins, 'all'>
  readonly tokens: Pick<PeopleTokens, 'ready'>
  readonly client: Pick<SignInClient, 'grants'>
  readonly penalties: PeoplePenalties
  /** Asked for those who have no tokens of their own any more. */
  readonly service: ServiceClient
  /** Takes one request in the relay's own name: 0. Otherwise how long to wait before asking again, in ms. */
  takeRequest(): number
  readonly clock: Clock
  readonly time: Pick<ConfirmedTime, 'nowMs' | 'earliestMs'>
  readonly logger: Logger
  /** Is told whether somebody's grants could be read; the refusal, where RingCentral does not let them ask. */
  onRead(extensionId: string, refusal: RingCentralError | undefined): void
}

const READ_AFTER_MS = DAY_MS
const LOOK_INTERVAL_MS = HOUR_MS
const DOUBT_INTERVAL_MS = MINUTE_MS
/** Somebody waits to be signed in: their browser is told later where RingCentral takes longer. */
const FIRST_TIMEOUT_MS = 5 * SECOND_MS

export function createRightsReading(dependencies: RightsReadingDependencies): RightsReading {
  const { rights, logins, tokens, client, penalties, clock, time, logger } = dependencies
  const doubtedAtMs = new Map<string, number>()
  let isLooking = false

  async function readBy(extensionId: string, ask: () => Promise<Grants>): Promise<void> {
    try {
      let refusal: RingCentralError | undefined
      const grants = await ask().catch((error: unknown) => {
        if (!(error instanceof RingCentralError) || !isPermissionMissing(error)) throw error
        refusal = error
        logger.info({ extensionId, codes: error.codes }, 'RingCentral does not tell what somebody may watch')
        return NO_GRANTS
      })
      dependencies.onRead(extensionId, refusal)
      await rights.keep(extensionId, { grants, atMs: time.nowMs() })
    } catch (error) {
      noteFailure(error, extensionId)
    }
  }

  function noteFailure(error: unknown, extensionId?: string): void {
    logger.warn({ err: describeError(error), extensionId }, 'What somebody may watch could not be read')
  }

  const read = (extensionId: string, own: RingCentralTokens): Promise<void> =>
    readBy(extensionId, () => penalties.obey({ extensionId, group: 'Light' }, () => client.grants(own)))

  async function readAgain({ tokenHash, extensionId }: Login, signal?: AbortSignal): Promise<void> {
    const own = await tokens.ready(tokenHash)
    if (own !== undefined) return read(extensionId, own)
    if (signal !== undefined) await readBy(extensionId, () => readAsService(extensionId, signal))
  }

  function readAsService(extensionId: string, signal: AbortSignal): Promise<Grants> {
    const { service, takeRequest } = dependencies
    return readGrants(async (path) => {
      for (let waitMs = takeRequest(); waitMs > 0; waitMs = takeRequest()) await wait(clock, waitMs, signal)
      return service.send({ method: 'GET', path: `/restapi/v1.0/account/~${path}` })
    }, extensionId)
  }

  /** Asking too early harms nobody, so the clock that is ahead counts. */
  function isDue(extensionId: string): boolean {
    const atMs = rights.readAtMs(extensionId)
    return atMs === undefined || atMs + READ_AFTER_MS <= Math.max(clock.nowMs(), time.nowMs())
  }

  async function look(signal: AbortSignal): Promise<void> {
    const valid = logins.all().filter(({ expiresAtMs }) => expiresAtMs > time.earliestMs())
    const signedIn = new Set(valid.map(({ extensionId }) => extensionId))
    for (const extensionId of rights.people()) if (!signedIn.has(extensionId)) await rights.forget(extensionId)
    for (const login of valid) {
      if (signal.aborted) return
      if (!isDue(login.extensionId)) continue
      await readAgain(login, signal).catch((error: unknown) => {
        if (!signal.aborted) noteFailure(error, login.extensionId)
      })
    }
  }

  return {
    readFirst: (extensionId, own) =>
      new Promise((resolve) => {
        const cancel = clock.after(FIRST_TIMEOUT_MS, resolve)
        void read(extensionId, own).then(() => {
          cancel()
          resolve()
        })
      }),
    doubt(login) {
      const { extensionId } = login
      const lastMs = doubtedAtMs.get(extensionId) ?? Number.NEGATIVE_INFINITY
      if (clock.elapsedMs() - lastMs < DOUBT_INTERVAL_MS) return
      doubtedAtMs.set(extensionId, clock.elapsedMs())
      readAgain(login).catch((error: unknown) => noteFailure(error, extensionId))
    },
    start() {
      const ended = new AbortController()
      const lookUnlessLooking = (): void => {
        // Many people take more than an hour.
        if (isLooking) return
        isLooking = true
        look(ended.signal)
          .catch((error: unknown) => noteFailure(error))
          .finally(() => {
            isLooking = false
          })
      }
      const stop = every(clock, LOOK_INTERVAL_MS, lookUnlessLooking)
      lookUnlessLooking()
      return () => {
        stop()
        ended.abort(new Error('The relay stops.'))
      }
    },
  }
}
