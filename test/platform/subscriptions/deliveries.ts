import { STATUS_CODES } from 'node:http'
import type { Timers } from '../calls/timers.ts'
import type { DeliveryFaults } from '../misbehaviour/delivery-faults.ts'
import type { DeliveryOutcome } from './delivery-health.ts'
import type { Subscription } from './subscription.ts'
import { describeNoAnswer, postToWebhook } from './webhook-post.ts'

/** Stands for the HTTP status where a webhook did not answer at all, or where the delivery was lost on the way. */
export const NO_ANSWER = 0

export interface Deliveries {
  /**
   * Posts one notification to a subscription's address and gives back the HTTP status, or {@link NO_ANSWER}.
   * The envelope's `subscriptionId` and `ownerId` become the subscription's; nothing else is touched.
   */
  send(notification: unknown, subscription: Subscription): Promise<number>
}

export function createDeliveries(world: {
  readonly faults: DeliveryFaults
  readonly timers: Timers
  readonly signal: AbortSignal
  /** Told of every delivery that was not lost on the way. */
  readonly recordOutcome: (subscriptionId: string, outcome: DeliveryOutcome) => void
}): Deliveries {
  const { faults, timers, signal, recordOutcome } = world
  return {
    async send(notification, subscription) {
      const { id, ownerId, address } = subscription
      const isEnvelope = typeof notification === 'object' && notification !== null && !Array.isArray(notification)
      const body = JSON.stringify(isEnvelope ? { ...notification, subscriptionId: id, ownerId } : notification)
      const { isDropped, delayMs, copies, verificationToken } = faults.plan(body, subscription.verificationToken)
      if (isDropped || (delayMs > 0 && !(await timers.wait(delayMs)))) return NO_ANSWER
      let status = NO_ANSWER
      for (let copy = 0; copy < copies; copy += 1) {
        const outcome = await post(address, { body, verificationToken, signal })
        // The end of the platform is no fault of the webhook.
        if (!signal.aborted) recordOutcome(id, outcome)
        status = outcome.status
      }
      return status
    },
  }
}

async function post(
  address: string,
  { body, verificationToken, signal }: { body: string; verificationToken: string | undefined; signal: AbortSignal },
): Promise<DeliveryOutcome> {
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    ...(verificationToken === undefined ? {} : { 'verification-token': verificationToken }),
  }
  try {
    const { status } = await postToWebhook(address, { headers, body, signal })
    const failure = `Webhook responses with code: [${status}], reason: [${STATUS_CODES[status] ?? ''}]`
    return { status, failure: status === 200 ? undefined : failure }
  } catch (error) {
    return { status: NO_ANSWER, failure: `I/O operation is failed. Details: [${describeNoAnswer(error)}]` }
  }
}
