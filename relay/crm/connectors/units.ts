import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

/**
 * Durations in the units that CRMs take. A half is rounded up, and nothing else is: a CRM that counts minutes has 0 of them for a call of
 * 29 s. The record's body has every time to the millisecond.
 */

export function toSeconds(ms: number): number {
  return Math.floor(ms / SECOND_MS + 0.5)
}

export function toMinutes(ms: number): number {
  return Math.floor(ms / MINUTE_MS + 0.5)
}

/** `mm:ss`; the minutes go on beyond an hour. */
export function formatMinutesSeconds(ms: number): string {
  const seconds = toSeconds(ms)
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`
}

/** `HH:MM`. */
export function formatHoursMinutes(ms: number): string {
  const minutes = toMinutes(ms)
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
