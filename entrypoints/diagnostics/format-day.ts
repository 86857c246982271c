import { dateFormat } from '../lib/wording/formatters.ts'
import { language } from '../lib/wording/labels.ts'

/** An ISO-8601 time as day and time in the reader's zone and language. */
export function formatDay(instant: string): string {
  return dateFormat(language(), { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(instant))
}
