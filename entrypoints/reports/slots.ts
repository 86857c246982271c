import { unreachable } from '../../shared/assert.ts'
import { addDays, countDays, listDays, mondayOf } from './days.ts'
import type { Span } from './range.ts'

/** A stretch of the range that gets a bar of its own. */
export interface Slot {
  /** The hour, or the first day that is in the range. */
  readonly hour?: number
  readonly fromDay: string
  /** Included. */
  readonly toDay: string
}

/** One kind for a whole range: the hours of one day, the days of up to three months, or weeks that begin on Mondays. */
export type SlotKind = 'hour' | 'day' | 'week'

/** More bars than days in three months can't be told apart. */
const MAX_DAYS = 92
export const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

export function slotKindOf({ fromDay, toDay }: Span): SlotKind {
  const days = countDays(fromDay, toDay)
  if (days === 1) return 'hour'
  return days <= MAX_DAYS ? 'day' : 'week'
}

/** All slots of a range, by time, those without calls as well. */
export function listSlots(span: Span): readonly Slot[] {
  const { fromDay, toDay } = span
  const kind = slotKindOf(span)
  switch (kind) {
    case 'hour':
      return HOURS.map((hour) => ({ hour, fromDay, toDay }))
    case 'day':
      return listDays(fromDay, toDay).map((day) => ({ fromDay: day, toDay: day }))
    case 'week':
      return listWeeks(fromDay, toDay)
    default:
      return unreachable(kind)
  }
}

/** In which of the slots a call falls that began in the range. */
export function createSlotIndex(span: Span): (day: string, hour: number) => number {
  const kind = slotKindOf(span)
  if (kind === 'hour') return (_day, hour) => hour
  const first = kind === 'day' ? span.fromDay : mondayOf(span.fromDay)
  const daysEach = kind === 'day' ? 1 : 7
  const known = new Map<string, number>()
  return (day) => {
    const index = known.get(day) ?? Math.floor((countDays(first, day) - 1) / daysEach)
    known.set(day, index)
    return index
  }
}

/** The first and the last week are as long as they are in the range. */
function listWeeks(fromDay: string, toDay: string): readonly Slot[] {
  const monday = mondayOf(fromDay)
  return Array.from({ length: Math.ceil(countDays(monday, toDay) / 7) }, (_, week) => {
    const begins = addDays(monday, week * 7)
    const ends = addDays(begins, 6)
    return { fromDay: begins < fromDay ? fromDay : begins, toDay: ends > toDay ? toDay : ends }
  })
}
