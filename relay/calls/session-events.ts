import type { EventLog } from '../log/event-log.ts'
import type { View } from '../people/view.ts'
import { rememberIndexes, revealTo } from '../stream/visibility.ts'

/** All that the log has of a session as the first of these views that shows any of it shows it: JSON of wire events, by position. */
export async function listSessionEvents(
  telephonySessionId: string,
  views: readonly View[],
  log: EventLog,
): Promise<readonly string[]> {
  const events = await log.readSession(telephonySessionId, log.headPosition + 1)
  const sessions = rememberIndexes(log)
  for (const view of views) {
    const shown: string[] = []
    for (const event of events) shown.push(...(await revealTo(view, event, sessions)))
    if (shown.length > 0) return shown
  }
  return []
}
