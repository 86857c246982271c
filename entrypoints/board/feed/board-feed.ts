import { unreachable } from '../../../shared/assert.ts'
import type { BoardAnswer } from '../../../shared/protocol/http/board.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { Connection } from '../../lib/contract/messages.ts'
import { createRelayClient, type Refusal } from '../../lib/relay/relay-client.ts'
import { backoffMs, type RelaySocketOptions } from '../../lib/relay/relay-socket.ts'
import type { BoardConnection, FeedNews } from './contract.ts'
import { type FollowedAccount, followAccount } from './followed-account.ts'
import { createPlatformClock } from './platform-clock.ts'
import { type LoadedSnapshot, readSnapshot } from './snapshot.ts'

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

/** The relay reads the directory when the first looks: the first snapshot may come before the names. */
export const FIRST_NAMES_WAIT_MS = 2 * SECOND_MS
const MAX_NAMES_WAIT_MS = 5 * MINUTE_MS
/** People come and go, and queues are set anew. */
export const NAMES_LIFE_MS = HOUR_MS

export function createBoardFeed(options: BoardFeedOptions, runtime: FeedRuntime): BoardFeed {
  const { clock: timers, random, connect } = runtime
  const { relayUrl, token, client, onNews } = options
  const relay = createRelayClient({ relayUrl, token }, runtime)
  const clock = createPlatformClock(timers)
  const namesLifeMs = createNamesLife()
  let following: FollowedAccount | undefined
  let attempt = 0
  /** Each snapshot that is asked for; what an earlier one still brings is void. */
  let turn = 0
  let lostSinceMs: number | undefined
  let isClosed = false
  let cancelRetry = () => {}

  async function begin(): Promise<void> {
    // What is there stays as it is until there is something newer.
    if (lostSinceMs === undefined && following === undefined) tell({ state: 'connecting' })
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
    following?.close()
    following = undefined
  }

  function follow(snapshot: LoadedSnapshot): void {
    attempt = 0
    following = followAccount({
      ...{ snapshot, clock, client: relay, onNews },
      namesAgainMs: timers.elapsedMs() + namesLifeMs(snapshot.board),
      socket: {
        ...{ relayUrl, token, client, clock: timers, random, connect, onConnection },
        onNotAllowed: () => end({ state: 'watchesNobody' }),
      },
      onOutdated: () => void begin(),
    })
  }

  function onConnection(connection: Connection): void {
    switch (connection.state) {
      case 'unauthorised':
        end({ state: 'unauthorised' })
        break
      // What has begun is said already, and what is there stays as it is.
      case 'signedOut':
      case 'connecting':
        break
      case 'lost':
        lose(connection.sinceMs)
        break
      case 'live':
      case 'catchingUp':
        if (connection.state === 'live') lostSinceMs = undefined
        tell({ state: connection.state })
        break
      default:
        unreachable(connection)
    }
  }

  function fail(refusal: Refusal): void {
    if (refusal.code === 'unauthorised') end({ state: 'unauthorised' })
    else if (NOBODY.has(refusal.code)) end({ state: 'watchesNobody' })
    else {
      lose(timers.nowMs(), refusal)
      cancelRetry = timers.after(backoffMs(attempt++, random()), () => void begin())
    }
  }

  function lose(sinceMs: number, refusal?: Refusal): void {
    lostSinceMs ??= sinceMs
    tell({ state: 'lost', sinceMs: lostSinceMs, refusal })
  }

  function end(connection: BoardConnection): void {
    isClosed = true
    stop()
    tell(connection)
  }

  function tell(connection: BoardConnection): void {
    onNews({ connection })
  }

  void begin()
  return {
    hurry: () => {
      if (isClosed) return
      if (following !== undefined) following.hurry()
      else if (lostSinceMs !== undefined) void begin()
    },
    close: () => {
      isClosed = true
      stop()
    },
  }
}

/** For how long the names of a snapshot hold, ms: a snapshot without any is asked for again soon, and then less and less often. */
function createNamesLife(): (board: BoardAnswer) => number {
  let waitMs = FIRST_NAMES_WAIT_MS
  return ({ people }) => {
    const hasNames = Object.keys(people).length > 0
    const lifeMs = hasNames ? NAMES_LIFE_MS : waitMs
    waitMs = hasNames ? FIRST_NAMES_WAIT_MS : Math.min(2 * waitMs, MAX_NAMES_WAIT_MS)
    return lifeMs
  }
}

/** Words of the relay for who may not see a board. */
const NOBODY: ReadonlySet<string> = new Set(['not_allowed', 'supervisors_only', 'forbidden'])
