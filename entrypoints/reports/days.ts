import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'

/**
 * Days of the calendar, `2026-03-29`. They are counted as dates and never as stretches of 24 hours: where clocks change, a
 * day has 23 hours or 25.
 */

const LARGEST_OFFSET_MS = 15 * HOUR_MS

/** The day so many days later; earlier, when negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length)
}

/** How many days there are from one to another, both included. */
export function countDays(fromDay: string, toDay: string): number {
  return Math.round((Date.parse(toDay) - Date.parse(fromDay)) / DAY_MS) + 1
}

/** Of two days the later one. */
export function laterOf(a: string, b: string): string {
  return countDays(a, b) > 1 ? b : a
}

/** Of two days the earlier one. */
export function earlierOf(a: string, b: string): string {
  return laterOf(a, b) === a ? b : a
}

export function listDays(fromDay: string, toDay: string): readonly string[] {
  return Array.from({ length: countDays(fromDay, toDay) }, (_, index) => addDays(fromDay, index))
}

/** The Monday on or before a day. */
export function mondayOf(day: string): string {
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7
  return addDays(day, -sinceMonday)
}

/** Whether it is a date that exists, written as dates are here. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
}

/** The first moment of a day in the calendar's time zone, ms since the epoch; of the next day, where a zone left one out. */
export function startOfDayMs(day: string, calendar: Calendar): number {
  const atUtcMs = Date.parse(day)
  let before = atUtcMs - LARGEST_OFFSET_MS
  let reached = atUtcMs + LARGEST_OFFSET_MS
  while (reached - before > 1) {
    const middle = Math.floor((before + reached) / 2)
    if (calendar.dayOf(middle) >= day) reached = middle
    else before = middle
  }
  return reached
}
