import { setImmediate } from 'node:timers/promises'
import type { EventLog } from '../log/event-log.ts'
import { type EventFold, type EventFoldOptions, foldEvents } from './fold-events.ts'
import { openLogTail } from './log-tail.ts'

/**
 * The log's consumer that knows what goes on: it reads on from a position, event by event, and folds them into the account.
 *
 * It saves nothing and has no effect, so it needs no cursor that lasts: it begins anew wherever it is told to.
 */
export interface LogFollower extends Pick<EventFold, 'account' | 'events' | 'position' | 'sinceMs'> {
  /**
   * Resolves when all events up to a position are in the account, and the time is that of the last `tick`; rejects when the log
   * could not be read, or it was closed.
   */
  reach(position: number): Promise<void>
  /** Drops sessions that are over, and begins the new day once it has come. `nowMs`: platform's clock. */
  tick(nowMs: number): void
  close(): void
}

export interface LogFollowerOptions extends EventFoldOptions {
  readonly log: EventLog
  /** Whether a delivery is being taken in: then reading of the past waits. */
  readonly isBusy: () => boolean
}

/** Turns of the event loop that are left to deliveries that never stop coming. */
const MAX_TURNS_LEFT = 8

interface Waiter {
  readonly position: number
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export function followLog(options: LogFollowerOptions): LogFollower {
  const { log, afterPosition, isBusy } = options
  const fold = foldEvents(options)
  const tail = openLogTail(log, afterPosition)
  let waiters: readonly Waiter[] = []
  let tickMs: number | undefined
  let failure: Error | undefined

  async function run(): Promise<void> {
    while (failure === undefined) {
      const next = await tail.next()
      for (const event of next) if (failure === undefined) await fold.follow(event)
      const last = next.at(-1)
      // While it reads of the past, what was over then leaves at the time of then.
      if (last !== undefined && !tail.isAtHead) fold.forget(last.receivedAtMs)
      if (tickMs !== undefined) fold.passTime(tickMs)
      tickMs = undefined
      settle()
      if (next.length === 0 && tail.isAtHead && failure === undefined) await tail.sleep()
      else await leaveTurns()
    }
  }

  function settle(): void {
    const reached = waiters.filter((waiter) => waiter.position <= fold.position)
    waiters = waiters.filter((waiter) => waiter.position > fold.position)
    for (const { resolve } of reached) resolve()
  }

  async function leaveTurns(): Promise<void> {
    await setImmediate()
    for (let turn = 0; turn < MAX_TURNS_LEFT && isBusy(); turn++) await setImmediate()
  }

  function fail(error: Error): void {
    failure ??= error
    tail.close()
    for (const { reject } of waiters) reject(error)
    waiters = []
  }

  run().catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))))

  return {
    account: fold.account,
    events: fold.events,
    get position() {
      return fold.position
    },
    get sinceMs() {
      return fold.sinceMs
    },
    reach: (position) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) reject(failure)
        else if (fold.position >= position && tickMs === undefined) resolve()
        else waiters = [...waiters, { position, resolve, reject }]
      }),
    tick(nowMs) {
      tickMs = nowMs
      tail.wake()
    },
    close: () => fail(new Error('The account is followed no longer')),
  }
}
