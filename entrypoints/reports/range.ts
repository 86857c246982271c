import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import { addDays, countDays, startOfDayMs } from './days.ts'

/** No call is older than this; a year that is still being typed is. */
export const FIRST_DAY = '2000-01-01'

/** How many days up to today a range by name has. */
export const RANGE_DAYS = { today: 1, '7d': 7, '30d': 30, '90d': 90, year: 365 } as const
export type NamedRange = keyof typeof RANGE_DAYS

/** What the person chose to look at: up to today, or two days of their own, both included, the earlier first. */
export type RangeChoice =
  | { readonly kind: NamedRange }
  | { readonly kind: 'own'; readonly fromDay: string; readonly toDay: string }

/** Days (`2026-03-29`), both included, and the same as moments: from one up to, not including, another, both ms since the epoch. */
export interface Span {
  readonly fromDay: string
  readonly toDay: string
  readonly fromMs: number
  readonly toMs: number
}

/** What was chosen, and as many days right before it, which it is compared with. */
export interface Spans {
  readonly now: Span
  readonly before: Span
}

export function resolveRange(choice: RangeChoice, today: string, calendar: Calendar): Spans {
  const [fromDay, toDay] =
    choice.kind === 'own' ? [choice.fromDay, choice.toDay] : [addDays(today, 1 - RANGE_DAYS[choice.kind]), today]
  const days = countDays(fromDay, toDay)
  return {
    now: spanOf(fromDay, toDay, calendar),
    before: spanOf(addDays(fromDay, -days), addDays(fromDay, -1), calendar),
  }
}

function spanOf(fromDay: string, toDay: string, calendar: Calendar): Span {
  return {
    fromDay,
    toDay,
    fromMs: startOfDayMs(fromDay, calendar),
    toMs: startOfDayMs(addDays(toDay, 1), calendar),
  }
}
