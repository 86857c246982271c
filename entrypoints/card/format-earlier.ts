import { DAY_MS } from '../../shared/time.ts'
import { startOfDay } from '../lib/wording/format.ts'
import { dateFormat } from '../lib/wording/formatters.ts'

/**
 * A moment in everyday words: `today 4:12 PM`, `yesterday 4:12 PM`, `Tue 4:12 PM` within the week, `May 12, 2026`
 * before that. Days are those of the reader's time zone.
 */
export function formatEarlier(ms: number, nowMs: number, language: string): string {
  // Midnights are 23 to 25 hours apart.
  const days = Math.round((startOfDay(nowMs) - startOfDay(ms)) / DAY_MS)
  if (days < 2) {
    const day = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.max(0, days), 'day')
    return `${day} ${dateFormat(language, { timeStyle: 'short' }).format(ms)}`
  }
  return dateFormat(
    language,
    days < 7 ? { weekday: 'short', hour: 'numeric', minute: '2-digit' } : { dateStyle: 'medium' },
  ).format(ms)
}
