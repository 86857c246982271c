import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'

/** The day and the hour of a moment where somebody is. */
export interface Calendar {
  /** `2026-03-29`. */
  dayOf(ms: number): string
  /** 0 to 23. The hour that a clock going back repeats counts as one, the one that it leaves out never comes. */
  hourOf(ms: number): number
}

/**
 * The calendar of a time zone, by its IANA name. Throws a `RangeError` for one that does not exist.
 *
 * Asking the platform for an offset costs about a microsecond and much more the first time, so offsets are remembered, one
 * for each full hour (UTC) that a moment has come near. Between two full hours with the same offset it holds for all of the
 * hour; in the few hours in which clocks change, each moment is asked for by itself. What is remembered goes with the calendar.
 */
export function createCalendar(timeZone: string): Calendar {
  const format = createOffsetFormat(timeZone)
  const offsets = new Map<number, number>()
  const days = new Map<number, string>()

  function offsetAtHour(hourIndex: number): number {
    const known = offsets.get(hourIndex)
    if (known !== undefined) return known
    const offset = parseOffset(format.format(hourIndex * HOUR_MS))
    offsets.set(hourIndex, offset)
    return offset
  }

  function localMsOf(ms: number): number {
    const hourIndex = Math.floor(ms / HOUR_MS)
    const offset = offsetAtHour(hourIndex)
    return ms + (offset === offsetAtHour(hourIndex + 1) ? offset : parseOffset(format.format(ms)))
  }

  return {
    dayOf: (ms) => {
      const dayIndex = Math.floor(localMsOf(ms) / DAY_MS)
      const known = days.get(dayIndex)
      if (known !== undefined) return known
      const day = new Date(dayIndex * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length)
      days.set(dayIndex, day)
      return day
    },
    hourOf: (ms) => {
      const localMs = localMsOf(ms)
      return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / HOUR_MS)
    },
  }
}

function createOffsetFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  } catch (cause) {
    throw new RangeError(`"${timeZone}" is no time zone: it should be an IANA name such as Europe/Berlin`, { cause })
  }
}

/** Reads the end of `3/29/2026, GMT+05:45`, ms; `GMT` alone is 0. */
function parseOffset(formatted: string): number {
  const [, sign, hours, minutes, seconds] = /GMT([+-])(\d+):(\d+)(?::(\d+))?$/.exec(formatted) ?? []
  const offset = Number(hours ?? 0) * HOUR_MS + Number(minutes ?? 0) * MINUTE_MS + Number(seconds ?? 0) * SECOND_MS
  return sign === '-' ? -offset : offset
}
