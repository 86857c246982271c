/** Milliseconds in a second: with the two below, the only place where these factors are written. */
export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** Formats milliseconds since the epoch as the wire's time: ISO-8601 UTC with milliseconds. */
export function formatInstant(ms: number): string {
  return new Date(ms).toISOString()
}

/**
 * Reads an ISO-8601 instant with a zone (`2020-06-14T19:27:18.340Z`) as milliseconds since the epoch; `undefined` when it
 * is not one. A time without a zone is refused: it would be read in the reader's own zone.
 */
export function parseInstant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}
