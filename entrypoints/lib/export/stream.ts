import type { StoredEvent } from '../store/schema.ts'

/** JSON lines, as `.jsonl` files are known. */
export const STREAM_TYPE = 'application/x-ndjson'

/** The events of a call as they came, one a line, in the order of their numbers: a stream that can be replayed. */
export function writeStream(events: readonly StoredEvent[]): string {
  return events.map(({ notification }) => `${JSON.stringify(notification)}\n`).join('')
}
