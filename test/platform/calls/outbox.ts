import type { Deliveries } from '../subscriptions/deliveries.ts'
import type { Subscription } from '../subscriptions/subscription.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { newNotificationUuid } from './ids.ts'
import type { Happening, Notification } from './notification.ts'
import type { Sessions } from './sessions.ts'
import type { Timers } from './timers.ts'

/** One event to happen and to be told. All times count from the moment it is handed over. */
export interface OutgoingEvent {
  readonly happening: Happening
  readonly happensAfterMs: number
  /** When each copy is sent. */
  readonly sentAfterMs: readonly number[]
}

export interface Outbox {
  /** Lets the events happen and tells them to the subscriptions they interest; resolves when the last copy was answered. */
  send(events: readonly OutgoingEvent[]): Promise<void>
  /** The same events in the same order of sending, without waiting: each copy as soon as the one before it was answered. */
  sendAtOnce(events: readonly OutgoingEvent[]): Promise<void>
}

export function createOutbox(world: {
  readonly subscriptions: Subscriptions
  readonly sessions: Sessions
  readonly deliveries: Deliveries
  readonly timers: Timers
}): Outbox {
  const { subscriptions, sessions, deliveries, timers } = world

  const happen = (happening: Happening): Letter[] => {
    sessions.record(happening)
    return subscriptions.interestedIn(happening).map((subscription) => writeLetter(happening, subscription))
  }

  const post = async ({ notification, subscription }: Letter): Promise<void> => {
    if (subscriptions.isActive(subscription.id)) await deliveries.send(notification, subscription)
  }

  const sendOne = async ({ happening, happensAfterMs, sentAfterMs }: OutgoingEvent): Promise<void> => {
    // What happens now has happened when the caller goes on, so that a request right after sees it.
    if (happensAfterMs > 0 && !(await timers.wait(happensAfterMs))) return
    const letters = happen(happening)
    await Promise.all(
      sentAfterMs.map(async (afterMs) => {
        if (await timers.wait(afterMs - happensAfterMs)) await Promise.all(letters.map(post))
      }),
    )
  }

  return {
    async send(events) {
      await Promise.all(events.map(sendOne))
    },
    async sendAtOnce(events) {
      const copies = events.flatMap(({ happening, sentAfterMs }) => {
        const letters = happen(happening)
        return sentAfterMs.map((afterMs) => ({ afterMs, letters }))
      })
      copies.sort((a, b) => a.afterMs - b.afterMs)
      for (const { letters } of copies) await Promise.all(letters.map(post))
    },
  }
}

/** One notification for one subscription. Every subscription gets its own uuid, and every copy for it the same. */
interface Letter {
  readonly notification: Notification
  readonly subscription: Subscription
}

function writeLetter({ event, timestamp, body }: Happening, subscription: Subscription): Letter {
  const { id, ownerId } = subscription
  return {
    notification: { uuid: newNotificationUuid(), event, timestamp, subscriptionId: id, ownerId, body },
    subscription,
  }
}
