import type { EventLog } from './log/event-log.ts'
import type { SubscriptionStanding } from './ringcentral/standing.ts'

/** A part that keeps the relay from being of use. */
export interface Unready {
  readonly part: 'log' | 'subscription'
  /** What should be and what is, in one sentence. */
  readonly reason: string
}

/** What somebody should see to, while the relay does its work. */
export interface Warning {
  readonly part: 'routing'
  /** What is wrong and what it should be, in one sentence. */
  readonly reason: string
}

/** What keeps the relay from taking and storing events now. */
export function findUnready(
  log: Pick<EventLog, 'isWritable' | 'hindrance'>,
  { status, hindrance }: Pick<SubscriptionStanding, 'status' | 'hindrance'>,
): readonly Unready[] {
  const unready: Unready[] = []
  if (!log.isWritable) {
    const found = log.hindrance ?? 'There was no room for the last write: make room on its disk.'
    unready.push({ part: 'log', reason: `The event log should be writable, but is not. ${found}` })
  }
  if (status !== 'Active') {
    const found = `The webhook subscription should be Active, but is ${status}.`
    unready.push({ part: 'subscription', reason: hindrance === undefined ? found : `${found} ${hindrance}` })
  }
  return unready
}
