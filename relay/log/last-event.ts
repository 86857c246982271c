import type { EventLog, LoggedEvent } from './event-log.ts'

/** Among so many the last one that RingCentral delivered is looked for: the others are answers to status requests. */
const RECENT_EVENTS = 100

/** When the last event was delivered, in ms since the epoch; begins with the last one in the log. */
export async function trackLastEvent(log: EventLog): Promise<() => number | undefined> {
  const isDelivered = ({ kind }: LoggedEvent) => kind === undefined
  const recent = await log.read(Math.max(0, log.headPosition - RECENT_EVENTS), RECENT_EVENTS)
  let lastEventAtMs = recent.findLast(isDelivered)?.receivedAtMs
  log.onAppended((events) => {
    lastEventAtMs = events.findLast(isDelivered)?.receivedAtMs ?? lastEventAtMs
  })
  return () => lastEventAtMs
}
