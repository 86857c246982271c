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
  return parseUsualInstant(text) ?? parseAnyInstant(text)
}

function parseAnyInstant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

/**
 * The form that the platform and our own wire write, digit by digit: every event has two, and a pattern with `Date.parse`
 * takes as long as all the rest of decoding it.
 */
function parseUsualInstant(text: string): number | undefined {
  if (text.length !== 24 || text[10] !== 'T' || text[19] !== '.' || text[23] !== 'Z') return undefined
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return undefined
  const year = parseDigits(text, 0, 4)
  const month = parseDigits(text, 5, 2)
  const day = parseDigits(text, 8, 2)
  const hour = parseDigits(text, 11, 2)
  const minute = parseDigits(text, 14, 2)
  const second = parseDigits(text, 17, 2)
  const ms = parseDigits(text, 20, 3)
  // Not a number fails each of these. Years below 100 would be read as 19xx, other oddities are for the parser proper.
  if (!(year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return undefined
  if (!(hour <= 23 && minute <= 59 && second <= 59 && ms <= 999)) return undefined
  return Date.UTC(year, month - 1, day, hour, minute, second, ms)
}

/** The number that `count` digits from `start` write; not a number when one is no digit. */
function parseDigits(text: string, start: number, count: number): number {
  let value = 0
  for (let index = start; index < start + count; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
