import type { Deliveries } from '../subscriptions/deliveries.ts'
import type { Subscription } from '../subscriptions/subscription.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { newNotificationUuid } from './ids.ts'
import type { Fact } from './live-session.ts'
import type { Happening, Notification } from './notification.ts'
import type { Pace } from './pace.ts'
import type { Sessions } from './sessions.ts'

/** One event to happen and to be told. All times count from the moment it is handed over. */
export interface OutgoingEvent {
  readonly happening: Happening
  readonly happensAfterMs: number
  /** Whether it does not happen after all, asked at the moment. */
  readonly isOff?: () => boolean
  /** When each copy is sent. */
  readonly sentAfterMs: readonly number[]
  /** What really happened, where the platform knows more of it than it tells. */
  readonly fact?: Fact
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
  readonly pace: Pace
  readonly record: (fact: Fact) => void
}): Outbox {
  const { subscriptions, sessions, deliveries, pace, record } = world

  const happen = ({ happening, fact }: OutgoingEvent): Letter[] => {
    sessions.record(happening)
    if (fact !== undefined) record(fact)
    return subscriptions.interestedIn(happening).map((subscription) => writeLetter(happening, subscription))
  }

  const post = async ({ notification, subscription }: Letter): Promise<void> => {
    if (subscriptions.isActive(subscription.id)) await deliveries.send(notification, subscription)
  }

  const sendCopies = async (event: OutgoingEvent): Promise<void> => {
    if (event.isOff?.()) return
    const letters = happen(event)
    await Promise.all(
      event.sentAfterMs.map((afterMs) =>
        pace.after(afterMs - event.happensAfterMs, async () => {
          await Promise.all(letters.map(post))
        }),
      ),
    )
  }

  const sendOne = async (event: OutgoingEvent): Promise<void> => {
    // What happens now has happened when the caller goes on, so that a request right after sees it.
    if (event.happensAfterMs <= 0) return sendCopies(event)
    let sent: Promise<void> | undefined
    await pace.after(event.happensAfterMs, async () => {
      sent = sendCopies(event)
    })
    await sent
  }

  return {
    async send(events) {
      await Promise.all(events.map(sendOne))
    },
    async sendAtOnce(events) {
      const copies = events.flatMap((event) => {
        const letters = happen(event)
        return event.sentAfterMs.map((afterMs) => ({ afterMs, letters }))
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
