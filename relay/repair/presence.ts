import type { Clock } from '../../shared/clock.ts'
import { wait } from '../clock.ts'
import type { Settings } from '../config.ts'
import type { Logger } from '../logger.ts'
import { type ApiRequest, type ServiceClient, toRingCentralError } from '../ringcentral/api.ts'
import { advisePermission, isPermissionMissing } from '../ringcentral/verdicts.ts'
import { listSessionsOnPhones } from './phones.ts'
import { createRequestBudget, type RequestBudget } from './request-budget.ts'
import { canRetry, type Retries } from './retries.ts'
import type { UnfinishedSession } from './unfinished-sessions.ts'

/** Sessions that people are on the phone with, by RingCentral's word: also those of which nothing was delivered. */
export interface Presence {
  /** Resolves with `undefined` when RingCentral could not be asked, for now, and with none when it never answers. */
  list(tries: number, signal: AbortSignal): Promise<readonly UnfinishedSession[] | undefined>
}

export interface PresenceDependencies {
  readonly service: ServiceClient
  readonly retries: Retries
  /** Of requests of the group Light, which presence of single extensions takes from. */
  readonly budget: RequestBudget
  /** Requests of the budget that are left in each minute to others. */
  readonly leaving: number
  readonly clock: Clock
  readonly logger: Logger
  readonly settings: Pick<Settings, 'scope' | 'extensions'>
}

/** Of ten a minute. */
const HEAVY_REQUESTS_PER_MINUTE = 6

export function createPresence(dependencies: PresenceDependencies): Presence {
  const { service, retries, budget, leaving, clock, logger, settings } = dependencies
  const heavyBudget = createRequestBudget({ clock, requestsPerMinute: HEAVY_REQUESTS_PER_MINUTE })
  let isMissed = false

  /** Sends as soon as the group's budget has room. */
  async function sendWithin(request: ApiRequest, signal: AbortSignal): Promise<unknown> {
    const take = () => (request.group === 'Heavy' ? heavyBudget.take(0) : budget.take(leaving))
    for (let waitMs = take(); waitMs > 0; waitMs = take()) await wait(clock, waitMs, signal)
    return service.send(request)
  }

  return {
    async list(tries, signal) {
      try {
        const send = (request: ApiRequest) => retries.send(() => sendWithin(request, signal), tries, signal)
        const onPhones = await listSessionsOnPhones(settings, send)
        isMissed = false
        return onPhones
      } catch (error) {
        if (signal.aborted) throw error
        const failure = await toRingCentralError(error)
        const advice = isPermissionMissing(failure)
          ? advisePermission({ codes: failure.codes, permission: failure.permission ?? 'ReadPresence' })
          : failure.message
        if (!isMissed) {
          logger.warn({ err: advice }, 'Calls that began unheard are not repaired: presence could not be read')
        }
        isMissed = true
        return canRetry(error) ? undefined : []
      }
    },
  }
}
