import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

/** The midnight before a moment in a time zone (IANA), both in ms since the epoch. */
export function startOfDay(atMs: number, timeZone: string): number {
  const clockTime = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const msSinceMidnight = (ms: number): number => {
    const [hours = 0, minutes = 0, seconds = 0] = clockTime.format(ms).split(':').map(Number)
    return hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS + (ms % SECOND_MS)
  }
  const guess = atMs - msSinceMidnight(atMs)
  // On a day when clocks change, the guess is an hour off.
  const off = msSinceMidnight(guess)
  return off <= 12 * HOUR_MS ? guess - off : guess + 24 * HOUR_MS - off
}
