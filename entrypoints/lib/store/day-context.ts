import { TALLIED_FIGURES } from '../../../shared/metrics/figures.ts'
import { type Calendar, createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import type { StoredDay } from './schema.ts'

/** The calendar and time zone by which days are counted. */
export interface DayContext {
  readonly calendar: Calendar
  /** IANA name of the time zone that the calendar is of. */
  readonly timeZone: string
}

/** Where the computer is now, IANA. */
function readTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The current day context, determined at every use: a worker or a page may outlive a flight. */
export function followDayContext(read: () => string = readTimeZone): () => DayContext {
  let context: DayContext | undefined
  return () => {
    const timeZone = read()
    if (context?.timeZone !== timeZone) context = { timeZone, calendar: createCalendar(timeZone) }
    return context
  }
}

/**
 * Counts up when what a tally holds becomes another: outcomes that are told apart, calls that count or no longer do; and when it is
 * packed in another way. Days that are stored are counted again then, and also when figures come or go.
 */
const TALLY_FORM = 5

/** A signature of how days are counted: a stored day with another one has to be counted again. */
export function describeCounting({ calendar, timeZone }: DayContext): string {
  return [timeZone, calendar.rules, TALLY_FORM, ...TALLIED_FIGURES].join(' ')
}

/** Whether stored days are the days that a calendar has. */
export function areCountedBy(days: readonly Pick<StoredDay, 'countedBy'>[], context: DayContext): boolean {
  return days.every(({ countedBy }) => countedBy === describeCounting(context))
}
