import { DAY_MS } from '../../shared/time.ts'
import { startOfDay } from '../lib/wording/format.ts'
import { dateFormat } from '../lib/wording/formatters.ts'

/**
 * A moment in everyday words: `today 4:12 PM`, `yesterday 4:12 PM`, `Tue 4:12 PM` within the week, `May 12, 2026`
 * before that. Days are those of the reader's time zone.
 */
export function formatEarlier(ms: number, nowMs: number, language: string): string {
  const days = countDays(ms, nowMs)
  if (days < 2) return `${nameDay(days, language)} ${dateFormat(language, { timeStyle: 'short' }).format(ms)}`
  return dateFormat(
    language,
    days < WEEK_DAYS ? { weekday: 'short', hour: 'numeric', minute: '2-digit' } : { dateStyle: 'medium' },
  ).format(ms)
}

/** The day alone: `today`, `yesterday`, `Tue` within the week, `May 12, 2026` before that. */
export function formatEarlierDay(ms: number, nowMs: number, language: string): string {
  const days = countDays(ms, nowMs)
  if (days < 2) return nameDay(days, language)
  return dateFormat(language, days < WEEK_DAYS ? { weekday: 'short' } : { dateStyle: 'medium' }).format(ms)
}

const WEEK_DAYS = 7

function countDays(ms: number, nowMs: number): number {
  // Midnights are 23 to 25 hours apart.
  return Math.max(0, Math.round((startOfDay(nowMs) - startOfDay(ms)) / DAY_MS))
}

/** Of today or yesterday. */
function nameDay(days: number, language: string): string {
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day')
}
