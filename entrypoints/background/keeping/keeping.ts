import { createCalendar } from '../../../shared/metrics/tally-calendar.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts'
import type { KeepingSettings } from '../../lib/settings.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readKeptSoFar } from '../../lib/store/read.ts'
import {
  letCallsGo,
  letEventsGo,
  letNotesGo,
  letOldestEventsGo,
  letRecordsGo,
  writeKeptSoFar,
} from '../../lib/store/write-keeping.ts'
import type { Setting } from '../../lib/validated-setting.ts'
import { isNearlyFull, isScarce, type RoomEstimate } from './room.ts'

/**
 * Lets go what was kept for as long as the person wants, and what there is no room for. All by the relay's clock: a computer
 * whose clock is a year ahead would forget everything.
 */
export interface Keeping {
  /** The relay's clock is known: does what is due, now and then again every hour. */
  start(): void
  /** Does what is due now. */
  look(): Promise<void>
  /** Whether the browser's store will be full before long. */
  isScarce(): boolean
  /** Writes something; when the store is full, lets the oldest events go and tries once more. */
  withRoom<T>(write: () => Promise<T>): Promise<T>
  close(): void
}

export interface KeepingOptions {
  readonly store: PersonStore
  /** What the person is called. */
  readonly name: string
  /** Where the person is, IANA: whose days are counted. */
  readonly timeZone: string
  readonly settings: Pick<Setting<KeepingSettings>, 'getValue' | 'watch'>
  /** Relay's clock. */
  readonly nowMs: () => number
  /** Runs `task` once after `delayMs`; the returned function prevents it. */
  readonly after: (delayMs: number, task: () => void) => () => void
  /** What the browser says of its room. */
  readonly estimate: () => Promise<RoomEstimate>
  /** Something was let go, or room has become scarce or is no longer. */
  readonly onChange: () => void
  readonly onProblem: (error: unknown) => void
}

/** The browser's store fills up slowly, and reading its size costs next to nothing. */
const LOOK_INTERVAL_MS = HOUR_MS
/** Once a day is enough: people count in days. A little less, so that it does not move through the day. */
const PRUNE_INTERVAL_MS = DAY_MS - HOUR_MS
/**
 * The browser gives room back only when it tidies up, so its estimate does not fall at once: a piece each time, and not until
 * it has fallen, or everything would go.
 */
const CALLS_A_TIME = 500

export function createKeeping(options: KeepingOptions): Keeping {
  const { store, name, timeZone, settings, nowMs, after, estimate, onChange, onProblem } = options
  const context = { calendar: createCalendar(timeZone), timeZone }
  let isRoomScarce = false
  let isStarted = false
  let isClosed = false
  let cancel = () => {}
  // One piece of work at a time.
  let line: Promise<unknown> = Promise.resolve()

  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = line.then(task)
    line = result.catch(() => undefined)
    return result
  }

  const unwatch = settings.watch(() => {
    if (isStarted) guard(enqueue(prune))
  })

  async function prune(): Promise<void> {
    if (isClosed) return
    const { eventDays, callDays, noteDays } = await settings.getValue()
    const now = nowMs()
    await letEventsGo(store, now - eventDays * DAY_MS)
    if (callDays > 0) {
      await letCallsGo(store, now - callDays * DAY_MS, context)
      await letRecordsGo(store, now - callDays * DAY_MS)
    }
    if (noteDays > 0) await letNotesGo(store, now - noteDays * DAY_MS)
    await writeKeptSoFar(store, { ...(await readKeptSoFar(store)), name, prunedMs: now })
    onChange()
  }

  async function pruneWhenDue(): Promise<void> {
    const { prunedMs = Number.NEGATIVE_INFINITY } = (await readKeptSoFar(store)) ?? {}
    // A moment that is still to come was written by a clock that was wrong.
    if (Math.abs(nowMs() - prunedMs) >= PRUNE_INTERVAL_MS) await prune()
  }

  /** Gives whether there was anything to let go. */
  async function makeRoom(): Promise<boolean> {
    // Of a call that has just ended something may still come.
    const lastMs = await letOldestEventsGo(store, CALLS_A_TIME, nowMs() - HOUR_MS)
    if (lastMs === undefined) return false
    const before = await readKeptSoFar(store)
    // The call that began then is among those that went.
    const eventsGoneBeforeMs = Math.max(lastMs + 1, before?.eventsGoneBeforeMs ?? 0)
    await writeKeptSoFar(store, { ...before, name, eventsGoneBeforeMs })
    onChange()
    return true
  }

  async function lookAtRoom(): Promise<void> {
    const room = await estimate()
    if (isNearlyFull(room)) await makeRoom()
    const before = isRoomScarce
    isRoomScarce = isScarce(room)
    if (isRoomScarce !== before) onChange()
  }

  async function look(): Promise<void> {
    if (isClosed) return
    await pruneWhenDue()
    await lookAtRoom()
  }

  function lookAgain(): void {
    guard(enqueue(look))
    cancel()
    cancel = after(LOOK_INTERVAL_MS, lookAgain)
  }

  function guard(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isClosed) onProblem(error)
    })
  }

  return {
    start: () => {
      if (isStarted) return
      isStarted = true
      lookAgain()
    },
    look: () => enqueue(look),
    isScarce: () => isRoomScarce,
    withRoom: async (write) => {
      try {
        return await write()
      } catch (error) {
        if (!isFull(error) || !(await enqueue(makeRoom))) throw error
        return write()
      }
    },
    close: () => {
      isClosed = true
      cancel()
      unwatch()
    },
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError'
}
