import { formatClock } from '../lib/wording/format.ts'
import type { Bin } from './histogram.ts'
import type { Slot } from './slots.ts'

/** Days, hours and counts as a reader writes them. Days are dates and not moments, so they are written in UTC, as they are read. */

interface Days {
  readonly fromDay: string
  readonly toDay: string
}

/** "16 – 22 Nov 2026"; one day alone with its weekday. */
export function formatDays({ fromDay, toDay }: Days, language: string): string {
  const { date, weekdayAndDate } = formatsOf(language)
  if (fromDay === toDay) return weekdayAndDate.format(Date.parse(fromDay))
  return date.formatRange(Date.parse(fromDay), Date.parse(toDay))
}

/** A slot in full, for a table. */
export function formatSlot(slot: Slot, language: string): string {
  return slot.hour === undefined ? formatDays(slot, language) : formatHour(slot.hour, language)
}

/** A slot as short as it may be, for an axis; a day under its weekday. */
export function formatSlotShort({ hour, fromDay, toDay }: Slot, language: string): string {
  if (hour !== undefined) return formatHourShort(hour, language)
  const day = formatsOf(language).dayOfMonth.format(Date.parse(fromDay))
  return fromDay === toDay ? `${formatWeekday(fromDay, language)}\n${day}` : day
}

/** "Tue". */
export function formatWeekday(day: string, language: string): string {
  return formatsOf(language).weekday.format(Date.parse(day))
}

/** The hour that begins then: "8:00 AM", "08:00". */
export function formatHour(hour: number, language: string): string {
  return formatsOf(language).time.format(Date.UTC(2000, 0, 1, hour))
}

/** "0:05–0:10"; the last one of all that is longer as "> 1:00". */
export function formatBin({ fromMs, toMs }: Pick<Bin, 'fromMs' | 'toMs'>): string {
  return toMs === undefined ? `> ${formatClock(fromMs)}` : `${formatClock(fromMs)}–${formatClock(toMs)}`
}

/** The hour in its usual short form: "8 AM", "08 Uhr". */
export function formatHourShort(hour: number, language: string): string {
  return formatsOf(language).hour.format(Date.UTC(2000, 0, 1, hour))
}

/** A share from 0 to 1 as "83%". Cut off, so that only all is 100%. */
export function formatShare(share: number, language: string): string {
  return formatsOf(language).share.format(Math.floor(share * 100 + 1e-9) / 100)
}

/** Makes the formats now, which takes some milliseconds that nobody waits for before there are figures. */
export function makeFormats(language: string): void {
  formatsOf(language)
}

/** Creating a format takes longer than formatting, so each is created once per language. */
const formats = new Map<string, ReturnType<typeof createFormats>>()

function formatsOf(language: string): ReturnType<typeof createFormats> {
  const made = formats.get(language) ?? createFormats(language)
  formats.set(language, made)
  return made
}

function createFormats(language: string) {
  const ofDate = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
  return {
    date: ofDate({ day: 'numeric', month: 'short', year: 'numeric' }),
    weekdayAndDate: ofDate({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: ofDate({ weekday: 'short' }),
    dayOfMonth: ofDate({ day: 'numeric', month: 'short' }),
    time: ofDate({ hour: 'numeric', minute: '2-digit' }),
    hour: ofDate({ hour: 'numeric' }),
    share: new Intl.NumberFormat(language, { style: 'percent' }),
  }
}
