import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { dateFormat, numberFormat } from './formatters.ts'

/** A duration to be read at a glance: `m:ss`, from an hour on `h:mm:ss`. Cut off, never rounded up. */
export function formatClock(ms: number): string {
  const seconds = pad(Math.floor(ms / SECOND_MS) % 60)
  const minutes = Math.floor(ms / MINUTE_MS)
  return ms < HOUR_MS ? `${minutes}:${seconds}` : `${Math.floor(ms / HOUR_MS)}:${pad(minutes % 60)}:${seconds}`
}

/** A duration as evidence: seconds to the millisecond, `7.345 s`, in the reader's language. */
export function formatExact(ms: number, language: string): string {
  return `${numberFormat(language, EXACT).format(ms / SECOND_MS)} s`
}

/** What so many of a unit are called: `second`, `seconds`. */
export function nameUnit(unit: 'second' | 'day', count: number, language: string): string {
  const parts = numberFormat(language, unit === 'day' ? DAYS : SECONDS).formatToParts(count)
  return parts.find(({ type }) => type === 'unit')?.value ?? ''
}

/** A count with its thousands apart: `12,345`. */
export function formatCount(count: number, language: string): string {
  return numberFormat(language, {}).format(count)
}

/** How much of something, 0 to 1, in hundredths: `40%`. */
export function formatShare(share: number, language: string): string {
  return numberFormat(language, { style: 'percent' }).format(share)
}

/** A time of day, `14:02`. */
export function formatTime(ms: number, language: string): string {
  return dateFormat(language, { timeStyle: 'short' }).format(ms)
}

/** When a call was: the time of day today, the date before. `nowMs` decides what today is, in the reader's time zone. */
export function formatMoment(ms: number, nowMs: number, language: string): string {
  if (startOfDay(ms) === startOfDay(nowMs)) return formatTime(ms, language)
  return dateFormat(language, { day: 'numeric', month: 'short' }).format(ms)
}

/** The same with the weekday and the time for a moment of the last six days, `Tue 14:02`: nobody asks twice which day that was. */
export function formatRecent(ms: number, nowMs: number, language: string): string {
  const isNear = ms < startOfDay(nowMs) && ms >= startOfDay(nowMs - NEAR_MS)
  if (!isNear) return formatMoment(ms, nowMs, language)
  return `${dateFormat(language, { weekday: 'short' }).format(ms)} ${formatTime(ms, language)}`
}

/** Midnight before a moment, in the reader's time zone, ms since the epoch. */
export function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}

const NEAR_MS = 6 * DAY_MS
const SECONDS: Intl.NumberFormatOptions = { style: 'unit', unit: 'second', unitDisplay: 'long' }
const DAYS: Intl.NumberFormatOptions = { style: 'unit', unit: 'day', unitDisplay: 'long' }
const EXACT: Intl.NumberFormatOptions = { minimumFractionDigits: 3, useGrouping: false }

function pad(count: number): string {
  return String(count).padStart(2, '0')
}
