import type { EventLog, LoggedEvent, OwnedEvents } from './event-log.ts'

/** Looked at in one go, so that a reader of little gets its turns like one of much. */
const SCAN_EVENTS = 500

export interface ScanOptions {
  readonly extensionIds: readonly string[]
  readonly afterPosition: number
  readonly limit: number
}

/** Events of extensions as {@link EventLog.readOwned} gives them, found by looking at every event: for a log without an index of them. */
export async function scanOwned(
  log: Pick<EventLog, 'read' | 'readSessionIndex'>,
  { extensionIds: wanted, afterPosition, limit }: ScanOptions,
): Promise<OwnedEvents> {
  const events: LoggedEvent[] = []
  let upToPosition = afterPosition
  for (const event of await log.read(afterPosition, SCAN_EVENTS)) {
    if (events.length === limit) break
    upToPosition = event.position
    const index = await log.readSessionIndex(event.telephonySessionId)
    const own = index.find(({ extensionIds }) => extensionIds.some((id) => wanted.includes(id)))
    if (own !== undefined && own.position <= event.position) events.push(event)
  }
  return { events, upToPosition }
}
