import { createRequestBudget, type RequestBudget } from '../repair/request-budget.ts'
import { createSessionStatuses, type SessionStatuses } from '../repair/session-statuses.ts'
import { createSdk, type TimedServiceClient } from '../ringcentral/api.ts'
import { createServiceClient } from '../ringcentral/service.ts'
import { openWayOut, type WayOut } from '../ringcentral/way-out.ts'
import type { RelayBase } from './base.ts'

/** What speaks to RingCentral as the relay's own user. */
export interface Platform {
  readonly wayOut: WayOut
  readonly service: TimedServiceClient
  /** Takes a request out of the budget for what can wait; how long to wait, in ms, when only those for calls are left. */
  takeSpareRequest(): number
  /** The same for what a call can't wait for. */
  takeRequest(): number
  /** Of requests about single sessions. */
  readonly budget: RequestBudget
  readonly statuses: SessionStatuses
}

/** Of the fifty of this kind that RingCentral takes. */
const STATUS_REQUESTS_PER_MINUTE = 40
/** Of these, what can wait leaves so many to questions about calls. */
const LEFT_TO_CALLS = 30

/** `signal`: ends requests that are under way. */
export function createPlatform(base: RelayBase, signal: AbortSignal): Platform {
  const { settings, clock, time, logger, metrics, log } = base
  const { serverUrl, clientId, clientSecret, jwt } = settings
  const wayOut = openWayOut(settings)
  const sdk = createSdk({ serverUrl, clientId, clientSecret }, { signal, wayOut })
  const service = createServiceClient(sdk, { jwt, clock, metrics, time })
  const budget = createRequestBudget({ clock, requestsPerMinute: STATUS_REQUESTS_PER_MINUTE })
  const statuses = createSessionStatuses({ service, log, clock, logger, budget, metrics })
  const takeSpareRequest = () => budget.take(LEFT_TO_CALLS)
  const takeRequest = () => budget.take(0)
  return { wayOut, service, takeSpareRequest, takeRequest, budget, statuses }
}
