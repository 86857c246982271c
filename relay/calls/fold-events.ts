import { createLiveAccount, type LiveAccount } from '../../shared/live/account.ts'
import { selectDay } from '../../shared/live/day.ts'
import type { IsQueueId } from '../../shared/live/queue-visit.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import { decodeRecord } from './decode-record.ts'
import { createTrackedEvents, type TrackedEvents } from './tracked-events.ts'

/** The account that the log's events add up to, with the events of what goes on. */
export interface EventFold {
  readonly account: LiveAccount
  readonly events: TrackedEvents
  /** All events up to here are in the account. */
  readonly position: number
  /** The midnight since which calls count, ms since the epoch. */
  readonly sinceMs: number
  /** Takes in the next event. What has left the account and is heard of again comes back from the log with all that was known of it. */
  follow(event: LoggedEvent): Promise<void>
  /** Drops sessions that are over by then, and begins the new day when it has come. */
  forget(atMs: number): void
  /** The same at this moment, whichever day it is. */
  passTime(atMs: number): void
}

export interface EventFoldOptions {
  readonly log: Pick<EventLog, 'readSession'>
  readonly afterPosition: number
  readonly nowMs: () => number
  readonly timeZone: string
  readonly isQueueId: IsQueueId
}

export function foldEvents({ log, afterPosition, nowMs, timeZone, isQueueId }: EventFoldOptions): EventFold {
  let day = selectDay(nowMs(), timeZone)
  let position = afterPosition
  const account = createLiveAccount({ sinceMs: day.sinceMs, isQueueId })
  const events = createTrackedEvents()

  /** Takes back what has left, or began before this did, with all that it is tied to. */
  async function bring(telephonySessionId: string, beforePosition: number): Promise<void> {
    if (account.tracks(telephonySessionId)) return
    const ids = account.tiedTo(telephonySessionId).filter((id) => !account.tracks(id))
    const past = (await Promise.all(ids.map((id) => log.readSession(id, beforePosition)))).flat()
    if (past.length === 0) return
    account.restore(
      past.map(decodeRecord).filter((told) => told !== undefined),
      nowMs(),
    )
    for (const event of past) if (account.tracks(event.telephonySessionId)) events.add(event)
  }

  function beginDay(atMs: number): void {
    day = selectDay(atMs, timeZone)
    account.beginDay(day.sinceMs)
  }

  function forget(atMs: number): void {
    // Before anything that happened since then leaves: what has left is counted no second time.
    if (atMs >= day.untilMs) beginDay(atMs)
    events.forget(account.forget(atMs))
  }

  return {
    account,
    events,
    get position() {
      return position
    },
    get sinceMs() {
      return day.sinceMs
    },
    async follow(event) {
      const { telephonySessionId } = event
      const told = decodeRecord(event)
      if (told !== undefined) {
        await bring(telephonySessionId, event.position)
        account.take(told)
      }
      if (account.tracks(telephonySessionId)) events.add(event)
      position = event.position
      for (const id of account.takeUnseen()) await bring(id, position + 1)
    },
    forget,
    passTime(atMs) {
      if (atMs < day.sinceMs) beginDay(atMs)
      forget(atMs)
      // Worked out bit by bit, so that nobody who asks waits for all of it.
      account.takeChanges()
    },
  }
}
