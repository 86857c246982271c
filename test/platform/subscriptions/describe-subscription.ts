import { parseInstant, SECOND_MS } from '../../../shared/time.ts'
import type { Subscription } from './subscription.ts'

/** A subscription in the form of the API's answers and of reminders. The verification token is a secret and is not repeated. */
export function describeSubscription(subscription: Subscription, { origin, nowMs }: { origin: string; nowMs: number }) {
  const { id, status, eventFilters, disabledFilters, blacklistedData, creationTime, expirationTime, address } =
    subscription
  return {
    uri: `${origin}/restapi/v1.0/subscription/${id}`,
    id,
    creationTime,
    status,
    eventFilters,
    ...(disabledFilters.length > 0 && { disabledFilters }),
    expirationTime,
    expiresIn: Math.max(0, Math.floor(((parseInstant(expirationTime) ?? nowMs) - nowMs) / SECOND_MS)),
    deliveryMode: { transportType: 'WebHook', encryption: false, address },
    ...(blacklistedData !== undefined && { blacklistedData }),
  }
}
