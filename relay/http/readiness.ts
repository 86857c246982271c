import type { EventLog } from '../log/event-log.ts'
import type { SubscriptionStanding } from '../ringcentral/subscription-upkeep.ts'

/** A part that keeps the relay from being of use. */
export interface Unready {
  readonly part: 'log' | 'subscription'
  /** What should be and what is, in one sentence. */
  readonly reason: string
}

/** What keeps the relay from taking and storing events now. */
export function findUnready(
  log: Pick<EventLog, 'isWritable'>,
  { status }: Pick<SubscriptionStanding, 'status'>,
): readonly Unready[] {
  const unready: Unready[] = []
  if (!log.isWritable) {
    unready.push({
      part: 'log',
      reason: 'The event log should be writable, but there was no room for the last write: make room on its disk.',
    })
  }
  if (status !== 'Active') {
    unready.push({ part: 'subscription', reason: `The webhook subscription should be Active, but is ${status}.` })
  }
  return unready
}
