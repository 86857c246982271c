import { selectDay } from '../../../shared/live/day.ts'
import type { BoardAnswer } from '../../../shared/protocol/http/board.ts'
import type { EventsMessage, WelcomeMessage } from '../../../shared/protocol/wire.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createRelayClient, type Refusal } from '../../lib/relay/relay-client.ts'
import {
  backoffMs,
  createRelaySocket,
  type RelaySocket,
  type RelaySocketOptions,
} from '../../lib/relay/relay-socket.ts'
import { type AccountFold, createAccountFold } from './account.ts'
import type { BoardConnection, FeedNews } from './contract.ts'
import { createPlatformClock } from './platform-clock.ts'
import { type FeedRecord, readRecord } from './records.ts'
import { readSnapshot, type Snapshot } from './snapshot.ts'
import { createStragglers, type Stragglers } from './stragglers.ts'

/**
 * The account live, for as long as a board is open: a snapshot from the relay, the stream from its position on, and the fold of
 * both. Tells what has changed, at most once a frame.
 *
 * ```
 * snapshot ──▶ stream ──▶ (lost ──▶ stream, where it stopped) ──▶ cannot go on there, or midnight ──▶ snapshot
 * ```
 */
export interface BoardFeed {
  /** Connects now instead of at the next attempt. */
  hurry(): void
  close(): void
}

export interface BoardFeedOptions {
  readonly relayUrl: string
  readonly token: string
  readonly client: string
  readonly onNews: (news: FeedNews) => void
}

/** What it needs of the browser. */
export interface FeedRuntime extends Pick<RelaySocketOptions, 'clock' | 'connect' | 'random'> {
  readonly fetch: typeof fetch
}

/** A screen draws no sooner. */
export const FRAME_MS = 16
/** What is over for a while leaves; ends of wrap-ups are looked for as well. */
export const SWEEP_MS = SECOND_MS
/** A party that went to another session is heard of there within moments. */
export const UNSEEN_AFTER_MS = 2 * SECOND_MS

interface Following {
  readonly fold: AccountFold
  readonly stragglers: Stragglers
  readonly socket: RelaySocket
  /** When the day of the account ends, ms since the epoch: then all counts begin anew. */
  readonly untilMs: number
  /** When names and settings are to be read again, by the clock that nobody sets. */
  readonly namesAgainMs: number
}

/** The relay reads the directory when the first looks: the first snapshot may come before the names. */
export const FIRST_NAMES_WAIT_MS = 2 * SECOND_MS
const MAX_NAMES_WAIT_MS = 5 * MINUTE_MS
/** People come and go, and queues are set anew. */
export const NAMES_LIFE_MS = HOUR_MS

export function createBoardFeed(options: BoardFeedOptions, runtime: FeedRuntime): BoardFeed {
  const { clock: timers, random } = runtime
  const { relayUrl, token, client, onNews } = options
  const relay = createRelayClient({ relayUrl, token }, runtime)
  const clock = createPlatformClock(timers)
  let following: Following | undefined
  let attempt = 0
  /** Each snapshot that is asked for; what an earlier one still brings is void. */
  let turn = 0
  let lostSinceMs: number | undefined
  let namesWaitMs = FIRST_NAMES_WAIT_MS
  let isClosed = false
  let isTelling = false
  let toldAheadMs: number | undefined
  let cancelRetry = () => {}
  let cancelSweep = () => {}
  let cancelFrame = () => {}

  async function begin(): Promise<void> {
    // What is there stays as it is until there is something newer.
    if (lostSinceMs === undefined && following === undefined) tell({ connection: { state: 'connecting' } })
    stop()
    const mine = turn
    const snapshot = await readSnapshot(relay)
    if (mine !== turn) return
    if ('refusal' in snapshot) fail(snapshot.refusal)
    else follow(snapshot)
  }

  function stop(): void {
    turn++
    cancelRetry()
    cancelSweep()
    cancelFrame()
    isTelling = false
    following?.socket.close()
    following = undefined
  }

  function fail(refusal: Refusal): void {
    if (refusal.code === 'unauthorised' || NOBODY.has(refusal.code)) {
      end({ state: refusal.code === 'unauthorised' ? 'unauthorised' : 'watchesNobody' })
      return
    }
    lostSinceMs ??= timers.nowMs()
    tell({ connection: { state: 'lost', sinceMs: lostSinceMs, refusal } })
    cancelRetry = timers.after(backoffMs(attempt++, random()), () => void begin())
  }

  function end(connection: BoardConnection): void {
    isClosed = true
    stop()
    tell({ connection })
  }

  function follow({ board, records }: Exclude<Snapshot, { refusal: Refusal }>): void {
    attempt = 0
    const snapshotMs = Date.parse(board.now)
    clock.setRelay(snapshotMs)
    const fold = createAccountFold(board)
    for (const record of records) seeDelivery(record)
    fold.restore(records, clock.nowMs())
    const stragglers = createStragglers({
      ...{ fold, client: relay, position: board.position, snapshotMs },
      nowMs: clock.nowMs,
      onTaken: tellSoon,
    })
    const cursor = { epoch: board.epoch, position: board.position }
    following = {
      fold,
      stragglers,
      socket: openSocket(cursor, { fold, stragglers }),
      untilMs: selectDay(snapshotMs, board.timeZone).untilMs,
      namesAgainMs: timers.elapsedMs() + waitForNames(board),
    }
    const { timeZone, today, people, queues } = board
    tell({ account: { timeZone, sinceMs: Date.parse(today.since), people, queues }, ...takeNews(fold) })
    cancelSweep = timers.after(SWEEP_MS, () => sweep(cursor))
  }

  function waitForNames({ people }: BoardAnswer): number {
    const hasNames = Object.keys(people).length > 0
    const waitMs = hasNames ? NAMES_LIFE_MS : namesWaitMs
    namesWaitMs = hasNames ? FIRST_NAMES_WAIT_MS : Math.min(2 * namesWaitMs, MAX_NAMES_WAIT_MS)
    return waitMs
  }

  function openSocket(
    cursor: { readonly epoch: string; position: number },
    { fold, stragglers }: Pick<Following, 'fold' | 'stragglers'>,
  ): RelaySocket {
    const mine = turn
    return createRelaySocket({
      ...{ relayUrl, token, client, view: 'watched', clock: timers, random, connect: runtime.connect },
      readCursor: async () => cursor,
      onWelcome: (welcome: WelcomeMessage) => {
        clock.setRelay(Date.parse(welcome.now))
        // Elsewhere than where the snapshot was: what follows does not go with it.
        if (!welcome.resumed) void begin()
      },
      onEvents: (frame: EventsMessage) => {
        for (const event of frame.events) {
          const record = readRecord(event)
          if (record === undefined) continue
          seeDelivery(record)
          if (!stragglers.take(record)) fold.take(record)
        }
        cursor.position = frame.head
        tellSoon()
      },
      onPing: (ping) => {
        clock.setRelay(Date.parse(ping.now))
        cursor.position = ping.head
      },
      onConnection: (connection) => {
        if (mine !== turn) return
        if (connection.state === 'unauthorised') return end({ state: 'unauthorised' })
        // What has begun is said already, and what is there stays as it is.
        if (connection.state === 'signedOut' || connection.state === 'connecting') return
        if (connection.state !== 'lost') {
          if (connection.state === 'live') lostSinceMs = undefined
          tell({ connection: { state: connection.state } })
          return
        }
        lostSinceMs ??= connection.sinceMs
        tell({ connection: { state: 'lost', sinceMs: lostSinceMs, refusal: undefined } })
      },
      onNotAllowed: () => end({ state: 'watchesNobody' }),
    })
  }

  function seeDelivery({ told, receivedMs }: FeedRecord): void {
    if (told?.kind === 'telephony') clock.seeDelivery(told.notification.timestampMs, receivedMs)
  }

  function tellSoon(): void {
    if (isTelling) return
    isTelling = true
    cancelFrame = timers.after(FRAME_MS, () => {
      isTelling = false
      if (following !== undefined) tell(takeNews(following.fold))
    })
  }

  function takeNews(fold: AccountFold): FeedNews {
    const { extensions, queues } = fold.takeChanges(clock.nowMs())
    const aheadMs = Math.round(clock.aheadMs())
    const isAheadNew = aheadMs !== toldAheadMs
    toldAheadMs = aheadMs
    return {
      ...(extensions.length > 0 && { extensions }),
      ...(queues.length > 0 && { queues }),
      ...(isAheadNew && { aheadMs }),
    }
  }

  function sweep(cursor: { readonly position: number }): void {
    if (following === undefined) return
    const { fold, stragglers, untilMs, namesAgainMs } = following
    if (clock.nowMs() >= untilMs || timers.elapsedMs() >= namesAgainMs) {
      void begin()
      return
    }
    stragglers.noteLeft(fold.forget(clock.nowMs()), cursor.position)
    const unseen = fold.takeUnseen()
    if (unseen.length > 0) timers.after(UNSEEN_AFTER_MS, () => unseen.forEach(stragglers.fetch))
    // Also when nothing has changed: a page in the background has no timers to go by.
    tell(takeNews(fold))
    cancelSweep = timers.after(SWEEP_MS, () => sweep(cursor))
  }

  function tell(news: FeedNews): void {
    onNews(news)
  }

  void begin()
  return {
    hurry: () => {
      if (isClosed) return
      if (following !== undefined) following.socket.hurry()
      else if (lostSinceMs !== undefined) void begin()
    },
    close: () => {
      isClosed = true
      stop()
    },
  }
}

/** Words of the relay for who may not see a board. */
const NOBODY: ReadonlySet<string> = new Set(['not_allowed', 'supervisors_only', 'forbidden'])
