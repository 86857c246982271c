import type { EventLog } from '../log/event-log.ts'
import type { View } from '../people/view.ts'
import { rememberIndexes, revealTo } from '../stream/visibility.ts'

/**
 * All that the log has of a session as the first of these views that shows any of it shows it: JSON of wire events, by position. To whom a
 * rule sent a call, or whom it alerts, it shows none by that.
 */
export async function listSessionEvents(
  telephonySessionId: string,
  views: readonly View[],
  log: EventLog,
): Promise<readonly string[]> {
  const events = await log.readSession(telephonySessionId, log.headPosition + 1)
  const sessions = rememberIndexes(log)
  for (const view of views) {
    const shown: string[] = []
    let isVisible = false
    for (const event of events) {
      const revealed = await revealTo(view, event, sessions)
      shown.push(...revealed)
      isVisible ||= revealed.length > 0 && event.kind !== 'act'
    }
    if (isVisible) return shown
  }
  return []
}
