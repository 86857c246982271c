import { formatClock } from '../lib/format.ts'
import type { Bin } from './histogram.ts'
import type { Slot } from './slots.ts'

/** Days, hours and counts as a reader writes them. Days are dates and not moments, so they are written in UTC, as they are read. */

interface Days {
  readonly fromDay: string
  readonly toDay: string
}

/** "16 – 22 Nov 2026"; one day alone with its weekday. */
export function formatDays({ fromDay, toDay }: Days, language: string): string {
  const date = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  if (fromDay === toDay)
    return new Intl.DateTimeFormat(language, { ...date, weekday: 'short' }).format(Date.parse(fromDay))
  return new Intl.DateTimeFormat(language, date).formatRange(Date.parse(fromDay), Date.parse(toDay))
}

/** A slot in full, for a table. */
export function formatSlot(slot: Slot, language: string): string {
  return slot.hour === undefined ? formatDays(slot, language) : formatHour(slot.hour, language)
}

/** A slot as short as it may be, for an axis. */
export function formatSlotShort({ hour, fromDay }: Slot, language: string): string {
  if (hour !== undefined) return formatHour(hour, language)
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    Date.parse(fromDay),
  )
}

/** The hour that begins then: "8 AM", "08:00". */
export function formatHour(hour: number, language: string): string {
  const format = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' })
  return format.format(Date.UTC(2000, 0, 1, hour))
}

/** "0:05–0:10"; the last one of all that is longer as "> 1:00". */
export function formatBin({ fromMs, toMs }: Bin): string {
  return toMs === undefined ? `> ${formatClock(fromMs)}` : `${formatClock(fromMs)}–${formatClock(toMs)}`
}

export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count)
}

/** A share from 0 to 1 as "83%". Cut off, so that only all is 100%. */
export function formatShare(share: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(Math.floor(share * 100 + 1e-9) / 100)
}
