import { selectDay } from '../../../shared/live/day.ts'
import type { EventsMessage } from '../../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'
import { createRelaySocket, type RelaySocketOptions } from '../../lib/relay/relay-socket.ts'
import { type AccountFold, createAccountFold } from './account.ts'
import type { FeedNews } from './contract.ts'
import type { PlatformClock } from './platform-clock.ts'
import { type FeedRecord, readRecord } from './records.ts'
import type { LoadedSnapshot } from './snapshot.ts'
import { createStragglers } from './stragglers.ts'

/**
 * The account from one snapshot on: the stream that goes on from its position, and the fold of both. Reports what has changed, at
 * most once a frame.
 */
export interface FollowedAccount {
  /** Connects now instead of at the next attempt. */
  hurry(): void
  close(): void
}

export interface FollowedAccountOptions {
  readonly snapshot: LoadedSnapshot
  /** When names and settings are to be read again, in elapsed ms of the browser's clock. */
  readonly namesAgainMs: number
  /** RingCentral's. */
  readonly clock: PlatformClock
  readonly client: RelayClient
  readonly socket: Omit<RelaySocketOptions, 'view' | 'readCursor' | 'onWelcome' | 'onEvents' | 'onPing'>
  readonly onNews: (news: FeedNews) => void
  /** A new snapshot is needed: the stream cannot go on from this one, its day is over, or its names are old. */
  readonly onOutdated: () => void
}

/** A screen draws no sooner. */
export const FRAME_MS = 16
/** What is over for a while leaves; ends of wrap-ups are looked for as well. */
export const SWEEP_MS = SECOND_MS
/** A party that went to another session is heard of there within moments. */
const UNSEEN_AFTER_MS = 2 * SECOND_MS

export function followAccount(options: FollowedAccountOptions): FollowedAccount {
  const { clock, client, onNews, onOutdated } = options
  const { clock: timers } = options.socket
  const { board } = options.snapshot
  const snapshotMs = Date.parse(board.now)
  // All counts begin anew at the account's midnight: that of the day that is counted, which a relay may still have taken for today.
  const { untilMs } = selectDay(Date.parse(board.today.since), board.timeZone)
  const cursor = { epoch: board.epoch, position: board.position }
  const fold = restore(options)
  const stragglers = createStragglers({
    ...{ fold, client, position: board.position, snapshotMs },
    nowMs: clock.nowMs,
    onTaken: tellSoon,
  })
  let isSending = false
  let sentMs = Number.NEGATIVE_INFINITY
  let sentAheadMs: number | undefined
  let cancelFrame = () => {}
  let isClosed = false

  const socket = createRelaySocket({
    ...options.socket,
    view: 'watched',
    readCursor: async () => cursor,
    onWelcome: ({ now, resumed }) => {
      clock.setRelay(Date.parse(now))
      if (!resumed) onOutdated()
    },
    onEvents: takeFrame,
    onPing: ({ now, head }) => {
      clock.setRelay(Date.parse(now))
      cursor.position = head
    },
    onConnection: (connection) => {
      if (!isClosed) options.socket.onConnection(connection)
    },
  })

  function takeFrame({ events, head }: EventsMessage): void {
    for (const event of events) {
      const record = readRecord(event)
      if (record === undefined) continue
      seeDelivery(clock, record)
      if (!stragglers.take(record)) fold.take(record)
    }
    cursor.position = head
    tellSoon()
  }

  function tellSoon(): void {
    if (isSending) return
    isSending = true
    // After a while of silence at once; an update that waits for nothing is seen a frame sooner.
    cancelFrame = timers.after(Math.max(0, sentMs + FRAME_MS - timers.elapsedMs()), () => {
      isSending = false
      sentMs = timers.elapsedMs()
      if (!isClosed) onNews(takeNews())
    })
  }

  function takeNews(): FeedNews {
    const { extensions, queues, notices } = fold.takeChanges(clock.nowMs())
    const aheadMs = Math.round(clock.aheadMs())
    const isAheadNew = aheadMs !== sentAheadMs
    sentAheadMs = aheadMs
    return {
      ...(extensions.length > 0 && { extensions }),
      ...(queues.length > 0 && { queues }),
      ...(notices !== undefined && { notices }),
      ...(isAheadNew && { aheadMs }),
    }
  }

  function sweep(): void {
    if (clock.nowMs() >= untilMs || timers.elapsedMs() >= options.namesAgainMs) {
      onOutdated()
      return
    }
    stragglers.noteLeft(fold.forget(clock.nowMs()), cursor.position)
    const unseen = fold.takeUnseen()
    if (unseen.length > 0) timers.after(UNSEEN_AFTER_MS, () => unseen.forEach(stragglers.fetch))
    // Also when nothing has changed: a page in the background has no timers to go by.
    onNews(takeNews())
    cancelSweep = timers.after(SWEEP_MS, sweep)
  }

  const { timeZone, today, people, queues } = board
  onNews({ account: { timeZone, sinceMs: Date.parse(today.since), people, queues }, ...takeNews() })
  let cancelSweep = timers.after(SWEEP_MS, sweep)
  return {
    hurry: socket.hurry,
    close: () => {
      isClosed = true
      cancelSweep()
      cancelFrame()
      socket.close()
    },
  }
}

/** Sets the clock by the snapshot, and folds its events. */
function restore({ snapshot: { board, records }, clock }: FollowedAccountOptions): AccountFold {
  clock.setRelay(Date.parse(board.now))
  const fold = createAccountFold(board)
  for (const record of records) seeDelivery(clock, record)
  fold.restore(records, clock.nowMs())
  return fold
}

function seeDelivery(clock: PlatformClock, { call, receivedMs }: FeedRecord): void {
  if (call?.kind === 'telephony') clock.seeDelivery(call.notification.timestampMs, receivedMs)
}
