import { language } from '../../lib/words.ts'

// Made once: making one takes longer than using it a hundred times, and every row has one.
let dates: Intl.DateTimeFormat | undefined
let moments: Intl.DateTimeFormat | undefined

/** The day of a call, short. */
export function formatDate(ms: number): string {
  dates ??= new Intl.DateTimeFormat(language(), { dateStyle: 'short' })
  return dates.format(ms)
}

/** The day and the time of a call, short. */
export function formatWhen(ms: number): string {
  moments ??= new Intl.DateTimeFormat(language(), { dateStyle: 'short', timeStyle: 'short' })
  return moments.format(ms)
}
