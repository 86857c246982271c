import type { StoredEvent, StoredStatus } from '../../lib/store/schema.ts'

/** JSON lines, as `.jsonl` files are known. */
export const STREAM_TYPE = 'application/x-ndjson'

/**
 * The events of a call as they came, one a line, in the order of their numbers, and behind them what the platform answered when it
 * was asked about the call: a stream that can be replayed, and then gives the same figures.
 */
export function writeStream(events: readonly StoredEvent[], statuses: readonly StoredStatus[]): string {
  const records = [...events.map(({ notification }) => notification), ...statuses.map(({ status }) => status)]
  return records.map((one) => `${JSON.stringify(one)}\n`).join('')
}
