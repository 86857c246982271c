import type { Subscription } from './subscriptions.ts'
import { postToWebhook } from './webhook-post.ts'

/** Stands for the HTTP status where a webhook did not answer at all. */
export const NO_ANSWER = 0

/**
 * Posts one notification to a subscription's address and gives back the HTTP status, or {@link NO_ANSWER}.
 * The envelope's `subscriptionId` and `ownerId` become the subscription's; nothing else is touched.
 */
export async function deliver(
  notification: unknown,
  { id, ownerId, address, verificationToken }: Subscription,
  signal: AbortSignal,
): Promise<number> {
  const isEnvelope = typeof notification === 'object' && notification !== null && !Array.isArray(notification)
  const body = JSON.stringify(isEnvelope ? { ...notification, subscriptionId: id, ownerId } : notification)
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    ...(verificationToken === undefined ? {} : { 'verification-token': verificationToken }),
  }
  try {
    const { status } = await postToWebhook(address, { headers, body, signal })
    return status
  } catch {
    return NO_ANSWER
  }
}
