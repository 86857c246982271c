import { setImmediate } from 'node:timers/promises'
import { createLiveAccount, type LiveAccount } from '../../shared/live/account.ts'
import { selectDay } from '../../shared/live/day.ts'
import type { IsQueueId } from '../../shared/live/queue-visit.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import { createHeldEvents, type HeldEvents } from './held-events.ts'
import { readTold } from './read-told.ts'

/**
 * The log's consumer that knows what goes on: it reads on from a position, event by event, and folds them into the account. What has
 * left the account and is heard of again it takes from the log with all that was known of it.
 *
 * It saves nothing and has no effect, so it needs no cursor that lasts: it begins anew wherever it is told to.
 */
export interface LogFollower {
  readonly account: LiveAccount
  readonly events: HeldEvents
  /** All events up to here are in the account. */
  readonly position: number
  /** The midnight since which calls count, ms since the epoch. */
  readonly sinceMs: number
  /** Resolves when all events up to a position are in the account; rejects when the log could not be read, or it was closed. */
  reach(position: number): Promise<void>
  /** Lets go what is over, and begins the new day when it has come. `nowMs`: platform's clock. */
  tick(nowMs: number): void
  close(): void
}

export interface LogFollowerOptions {
  readonly log: EventLog
  readonly afterPosition: number
  readonly nowMs: () => number
  readonly timeZone: string
  readonly isQueueId: IsQueueId
  /** Whether a delivery is being taken in: then reading of the past waits. */
  readonly isBusy: () => boolean
}

/** So many are read, decoded and folded in two or three milliseconds. */
const READ_EVENTS = 100
/** What became durable while it was busy; what is more than that is read from the log again. */
const MAX_WAITING_EVENTS = 2000
/** Turns of the event loop that are left to deliveries that never stop coming. */
const MAX_TURNS_LEFT = 8

interface Waiter {
  readonly position: number
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export function followLog(options: LogFollowerOptions): LogFollower {
  const { log, nowMs, timeZone, isBusy } = options
  let day = selectDay(nowMs(), timeZone)
  const account = createLiveAccount({ sinceMs: day.sinceMs, isQueueId: options.isQueueId })
  const events = createHeldEvents()
  const pin = log.pin(options.afterPosition)
  let position = options.afterPosition
  let fresh: LoggedEvent[] = []
  let waiters: readonly Waiter[] = []
  let tickMs: number | undefined
  let failure: Error | undefined
  let wake = () => {}

  const unsubscribe = log.onAppended((appended) => {
    if (fresh.length < MAX_WAITING_EVENTS) fresh.push(...appended)
    wake()
  })

  /** Those that follow, from memory where they are there. */
  async function readNext(): Promise<readonly LoggedEvent[]> {
    const known = fresh
    fresh = []
    if (known[0]?.position === position + 1) return known
    if (position >= log.headPosition) return []
    const read = await log.read(position, READ_EVENTS)
    if (read[0] !== undefined && read[0].position !== position + 1)
      throw new Error('Events of the log are gone before they were read')
    return read
  }

  async function run(): Promise<void> {
    while (failure === undefined) {
      const next = await readNext()
      for (const event of next) if (failure === undefined) await follow(event)
      pin.moveTo(position)
      const last = next.at(-1)
      // While it reads of the past, what was over then leaves at the time of then.
      if (last !== undefined && position < log.headPosition) forget(last.receivedAtMs)
      if (tickMs !== undefined) passTime(tickMs)
      settle()
      if (next.length === 0 && position >= log.headPosition && tickMs === undefined) await sleep()
      else await leaveTurns()
    }
  }

  async function follow(event: LoggedEvent): Promise<void> {
    const told = readTold(event)
    const { telephonySessionId } = event
    if (told !== undefined) {
      await bring(telephonySessionId, event.position)
      account.take(told)
    }
    if (account.holds(telephonySessionId)) events.add(event)
    position = event.position
    for (const id of account.takeUnseen()) await bring(id, position + 1)
  }

  /** Takes back what has left, or began before this did, with all that it is tied to. */
  async function bring(telephonySessionId: string, beforePosition: number): Promise<void> {
    if (account.holds(telephonySessionId)) return
    const ids = account.tiedTo(telephonySessionId).filter((id) => !account.holds(id))
    const histories = await Promise.all(ids.map((id) => log.readSession(id, beforePosition)))
    const past = histories.flat()
    if (past.length === 0) return
    account.restore(
      past.map(readTold).filter((told) => told !== undefined),
      nowMs(),
    )
    for (const event of past) if (account.holds(event.telephonySessionId)) events.add(event)
  }

  function forget(atMs: number): void {
    events.forget(account.forget(atMs))
  }

  function passTime(atMs: number): void {
    tickMs = undefined
    if (atMs >= day.untilMs || atMs < day.sinceMs) {
      day = selectDay(atMs, timeZone)
      account.beginDay(day.sinceMs)
    }
    forget(atMs)
    // Worked out bit by bit, so that nobody who asks waits for all of it.
    account.takeChanges()
  }

  function settle(): void {
    const reached = waiters.filter((waiter) => waiter.position <= position)
    waiters = waiters.filter((waiter) => waiter.position > position)
    for (const { resolve } of reached) resolve()
  }

  function sleep(): Promise<void> {
    if (fresh.length > 0) return Promise.resolve()
    return new Promise((resolve) => {
      wake = resolve
    })
  }

  async function leaveTurns(): Promise<void> {
    await setImmediate()
    for (let turn = 0; turn < MAX_TURNS_LEFT && isBusy(); turn++) await setImmediate()
  }

  function fail(error: Error): void {
    failure ??= error
    unsubscribe()
    pin.release()
    for (const { reject } of waiters) reject(error)
    waiters = []
    wake()
  }

  run().catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))))

  return {
    account,
    events,
    get position() {
      return position
    },
    get sinceMs() {
      return day.sinceMs
    },
    reach: (wanted) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) reject(failure)
        else if (position >= wanted) resolve()
        else waiters = [...waiters, { position: wanted, resolve, reject }]
      }),
    tick(atMs) {
      tickMs = atMs
      wake()
    },
    close: () => fail(new Error('The account is followed no longer')),
  }
}
