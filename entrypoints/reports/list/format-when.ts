import { dateFormat } from '../../lib/wording/formatters.ts'
import { language } from '../../lib/wording/labels.ts'

/** The day of a call, short. */
export function formatDate(ms: number): string {
  return dateFormat(language(), { dateStyle: 'short' }).format(ms)
}

/** The day and the time of a call, short. */
export function formatWhen(ms: number): string {
  return dateFormat(language(), { dateStyle: 'short', timeStyle: 'short' }).format(ms)
}
