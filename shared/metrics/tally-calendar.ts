import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts'

/** The day and the hour of a moment where somebody is. */
export interface Calendar {
  /** `2026-03-29`. */
  dayOf(ms: number): string
  /** 0 to 23. The hour that a clock going back repeats counts as one, the one that it leaves out never comes. */
  hourOf(ms: number): number
  /** What the clock on the wall shows, as the moment at which one in UTC shows the same; ms since the epoch. */
  wallMsOf(ms: number): number
  /**
   * Another for each set of rules by which moments get their day and hour: another where a zone is another, and where a later
   * version of the browser knows other rules for it. Opaque.
   */
  readonly rules: string
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
  let rules: string | undefined

  function offsetAtHour(hourIndex: number): number {
    const known = offsets.get(hourIndex)
    if (known !== undefined) return known
    const offset = parseOffset(format.format(hourIndex * HOUR_MS))
    offsets.set(hourIndex, offset)
    return offset
  }

  function wallMsOf(ms: number): number {
    const hourIndex = Math.floor(ms / HOUR_MS)
    const offset = offsetAtHour(hourIndex)
    return ms + (offset === offsetAtHour(hourIndex + 1) ? offset : parseOffset(format.format(ms)))
  }

  return {
    dayOf: (ms) => {
      const dayIndex = Math.floor(wallMsOf(ms) / DAY_MS)
      const known = days.get(dayIndex)
      if (known !== undefined) return known
      const day = new Date(dayIndex * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length)
      days.set(dayIndex, day)
      return day
    },
    hourOf: (ms) => {
      const wallMs = wallMsOf(ms)
      return Math.floor((wallMs - Math.floor(wallMs / DAY_MS) * DAY_MS) / HOUR_MS)
    },
    wallMsOf,
    get rules() {
      rules ??= describeRules((ms) => parseOffset(format.format(ms)))
      return rules
    },
  }
}

/** No stored call is older, and what comes after it will be known better by then. */
const RULES_FROM_MS = Date.UTC(2025)
const RULES_TO_MS = Date.UTC(2035)
/** Two changes of a zone's clocks lie farther apart; those around a Ramadan are the nearest, with five weeks. */
const RULES_STEP_MS = 28 * DAY_MS

/** All offsets of a decade with the minutes at which they change, as a checksum. It takes asking for some 400 offsets. */
function describeRules(offsetAt: (ms: number) => number): string {
  let checksum = FNV_BASIS
  let before = offsetAt(RULES_FROM_MS)
  const note = (value: number) => {
    checksum = Math.imul(checksum ^ value, FNV_PRIME)
  }
  note(before / SECOND_MS)
  for (let ms = RULES_FROM_MS; ms < RULES_TO_MS; ms += RULES_STEP_MS) {
    const after = offsetAt(ms + RULES_STEP_MS)
    if (after !== before) {
      note(findChange(ms, before, offsetAt) / MINUTE_MS)
      note(after / SECOND_MS)
    }
    before = after
  }
  return (checksum >>> 0).toString(36)
}

/** The 32-bit checksum of Fowler, Noll and Vo. */
const FNV_BASIS = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** The first minute within a step at which the offset is another. */
function findChange(fromMs: number, before: number, offsetAt: (ms: number) => number): number {
  let [low, high] = [0, RULES_STEP_MS / MINUTE_MS]
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if (offsetAt(fromMs + middle * MINUTE_MS) === before) low = middle
    else high = middle
  }
  return fromMs + high * MINUTE_MS
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
