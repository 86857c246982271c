import type { Clock } from '../../../shared/clock.ts'
import { createQueue } from '../../../shared/queue.ts'
import { DAY_MS, HOUR_MS } from '../../../shared/time.ts'
import type { RetentionSettings } from '../../lib/settings/settings.ts'
import type { Setting } from '../../lib/settings/validated-setting.ts'
import { isFull, unlessFull } from '../../lib/store/carried-out.ts'
import type { DayContext } from '../../lib/store/day-context.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readKeptSoFar } from '../../lib/store/read.ts'
import { letRuleNoticesGo } from '../../lib/store/rule-notices.ts'
import type { KeptSoFar } from '../../lib/store/schema.ts'
import { RECORDS_KEPT_MS } from '../../lib/store/write-records.ts'
import {
  letCallsGo,
  letEventsGo,
  letNotesGo,
  letOldestEventsGo,
  letOthersGo,
  letRecordsGo,
  writeKeptSoFar,
} from '../../lib/store/write-retention.ts'
import { isNearlyFull, isScarce, type StorageEstimate } from './storage-use.ts'

/**
 * Deletes what is older than the user wants to keep, and the oldest events when storage runs out. All by the relay's clock: a
 * computer whose clock is a year ahead would delete everything.
 */
export interface Retention {
  /** The relay's clock is known: does what is due, now and then again every hour. */
  start(): void
  /** When what is going on is done. */
  settled(): Promise<void>
  /** Whether the browser's store will be full before long. */
  isScarce(): boolean
  /** Writes something; when the store is full, lets the oldest events go and tries once more. */
  readonly retryAfterFreeingSpace: RetryAfterFreeingSpace
  close(): void
}

/** Carries a write out, and once more after freeing space when the store is full. */
export type RetryAfterFreeingSpace = <T>(write: () => Promise<T>) => Promise<T>

export interface RetentionOptions {
  readonly store: PersonStore
  /** What the person is called. */
  readonly name: string
  /** Time zone and calendar by which the user's days are counted. */
  readonly dayContext: () => DayContext
  readonly settings: Pick<Setting<RetentionSettings>, 'getValue' | 'watch'>
  /** Relay's clock. */
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  /** Asks the browser how much storage is used. */
  readonly estimate: () => Promise<StorageEstimate>
  /** Something was deleted, or storage has become scarce or is no longer. */
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

export function createRetention(options: RetentionOptions): Retention {
  const { store, name, dayContext, settings, clock, estimate, onChange, onProblem } = options
  let isStorageScarce = false
  let isStarted = false
  let isClosed = false
  let cancel = () => {}
  const work = createQueue()

  const unwatch = settings.watch(() => {
    if (isStarted) guard(work.run(prune))
  })

  async function prune(): Promise<void> {
    if (isClosed) return
    const { eventDays, callDays, noteDays } = await settings.getValue()
    const now = clock.nowMs()
    const eventsBeforeMs = now - eventDays * DAY_MS
    await letOthersGo(store, now - HOUR_MS)
    await letRuleNoticesGo(store, now - DAY_MS)
    const hasGone = (await letEventsGo(store, eventsBeforeMs)) > 0
    const callsKeptMs = callDays > 0 ? callDays * DAY_MS : Number.POSITIVE_INFINITY
    if (callDays > 0) await letCallsGo(store, now - callsKeptMs, dayContext())
    await letRecordsGo(store, now - Math.min(callsKeptMs, RECORDS_KEPT_MS))
    if (noteDays > 0) await letNotesGo(store, now - noteDays * DAY_MS)
    await note({ prunedMs: now }, hasGone ? eventsBeforeMs : 0)
    onChange()
  }

  /** Notes how far the deletion has come. */
  async function note(change: Omit<KeptSoFar, 'name' | 'eventsGoneBeforeMs'>, goneBeforeMs: number): Promise<void> {
    const before = await readKeptSoFar(store)
    const eventsGoneBeforeMs = Math.max(goneBeforeMs, before?.eventsGoneBeforeMs ?? 0)
    await writeKeptSoFar(store, {
      ...before,
      ...change,
      name,
      ...(eventsGoneBeforeMs === 0 ? {} : { eventsGoneBeforeMs }),
    })
  }

  async function pruneWhenDue(): Promise<void> {
    const { prunedMs = Number.NEGATIVE_INFINITY } = (await readKeptSoFar(store)) ?? {}
    // A moment that is still to come was written by a clock that was wrong.
    if (Math.abs(clock.nowMs() - prunedMs) >= PRUNE_INTERVAL_MS) await prune()
  }

  /** Returns whether something was let go. A disk that others have filled does not get better by it: once an hour at most. */
  async function freeSpace(): Promise<boolean> {
    const { madeRoomMs = Number.NEGATIVE_INFINITY } = (await readKeptSoFar(store)) ?? {}
    if (Math.abs(clock.nowMs() - madeRoomMs) < LOOK_INTERVAL_MS) return false
    // Of a call that has just ended something may still come.
    const beforeMs = clock.nowMs() - HOUR_MS
    // What is nobody's here goes before any evidence of the person's own.
    const others = await letOthersGo(store, beforeMs)
    const lastMs = others > 0 ? undefined : await letOldestEventsGo(store, CALLS_A_TIME, beforeMs)
    if (others === 0 && lastMs === undefined) return false
    // The call that began then is among those that went.
    // There may be no room for the note either: then the same events, which are gone, are let go the next time.
    await note({ madeRoomMs: clock.nowMs() }, lastMs === undefined ? 0 : lastMs + 1).catch(unlessFull)
    onChange()
    return true
  }

  async function lookAtStorage(): Promise<void> {
    const room = await estimate()
    if (isNearlyFull(room)) await freeSpace()
    const before = isStorageScarce
    const { madeRoomMs = Number.NEGATIVE_INFINITY } = (await readKeptSoFar(store)) ?? {}
    // What had to go today for want of room is reason enough, whatever the browser says now.
    isStorageScarce = isScarce(room) || Math.abs(clock.nowMs() - madeRoomMs) < DAY_MS
    if (isStorageScarce !== before) onChange()
  }

  async function look(): Promise<void> {
    if (isClosed) return
    // A store that is full could not even write down what was let go by age.
    await lookAtStorage()
    await pruneWhenDue()
  }

  function lookAgain(): void {
    guard(work.run(look))
    cancel()
    cancel = clock.after(LOOK_INTERVAL_MS, lookAgain)
  }

  function guard(task: Promise<unknown>): void {
    task.catch((error: unknown) => {
      if (!isClosed) onProblem(error)
    })
  }

  return {
    start: () => {
      if (isStarted) return
      isStarted = true
      lookAgain()
    },
    settled: work.settled,
    isScarce: () => isStorageScarce,
    retryAfterFreeingSpace: async (write) => {
      try {
        return await write()
      } catch (error) {
        if (!isFull(error) || !(await work.run(freeSpace))) throw error
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
