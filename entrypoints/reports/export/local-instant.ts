import { MINUTE_MS } from '../../../shared/time.ts'

/** ISO-8601 with milliseconds and the offset that the reader's clock has at that moment: `2026-03-29T09:12:44.123+02:00`. */
export function formatLocalInstant(ms: number): string {
  const offsetMinutes = -new Date(ms).getTimezoneOffset()
  const local = new Date(ms + offsetMinutes * MINUTE_MS).toISOString().slice(0, -1)
  const minutes = Math.abs(offsetMinutes)
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

function pad(count: number): string {
  return String(count).padStart(2, '0')
}
