import type { Cursor, SubscriptionState, User, WelcomeMessage } from '../../../shared/protocol/wire.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { Connection } from '../../lib/contract/messages.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'
import type { RelayClock } from '../../lib/relay/relay-clock.ts'
import { createRelaySocket, type RelaySocket, type RelaySocketOptions } from '../../lib/relay/relay-socket.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readCursor, readGap } from '../../lib/store/read.ts'
import type { SignIn } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { writeGap } from '../../lib/store/write.ts'
import type { FrameContext } from '../calls/call-row.ts'
import type { Calls } from '../calls/calls.ts'
import { createCatchUp } from './catch-up.ts'
import { createStatusPoller } from './status-poller.ts'

/** A person's stream, from the relay into their calls: where it goes on, how it stands, and what is asked about beside it. */
export interface UserStream {
  connection(): Connection
  subscription(): SubscriptionState | undefined
  /** When the relay last could not go on where this browser had stopped, ms since the epoch; `undefined`: never. */
  gapNoticedMs(): number | undefined
  /** How much of what was missed has been taken in, 0 to 1; `undefined` while there is nothing to catch up with. */
  progress(): number | undefined
  /** Opens it. Resolves when what was kept of it has been read. */
  start(): Promise<void>
  /** Reconnects now if it is down. */
  hurry(): void
  close(): void
}

export interface UserStreamOptions extends Pick<RelaySocketOptions, 'clock' | 'connect' | 'random' | 'client'> {
  readonly signIn: SignIn
  readonly relay: RelayClient
  readonly store: PersonStore
  readonly calls: Pick<
    Calls,
    'ingest' | 'ingestAnswer' | 'ingestNoAnswer' | 'doubtLive' | 'questions' | 'keepCursor' | 'shown' | 'settled'
  >
  readonly relayClock: RelayClock
  /** How long the card of a finished call stays up. */
  readonly endedCardMs: () => number
  /** The connection is another, and what it brought before is in the calls. */
  readonly onConnection: (connection: Connection) => void
  readonly onStatus: () => void
  /** Who the person is as the relay knows it now. */
  readonly onUser: (user: User) => void
  /** Receives work that may fail when the store refuses. */
  readonly onWork: (work: Promise<unknown>) => void
}

/** A ping's cursor is worth a write now and then only: without events a resume from an older place costs nothing. */
const CURSOR_INTERVAL_MS = MINUTE_MS

export function createUserStream(options: UserStreamOptions): UserStream {
  const { signIn, store, calls, clock, relayClock, onWork } = options
  const { relayUrl, token } = signIn
  const catchUp = createCatchUp(options.onStatus)
  let connection: Connection = { state: 'connecting' }
  let changes = 0
  let subscription: SubscriptionState | undefined
  let welcome: WelcomeMessage | undefined
  let gapNoticedMs: number | undefined
  let cursorKeptMs = clock.nowMs()
  let socket: RelaySocket | undefined
  /** Where the stream stopped, for the first hello: on its way while the socket still opens. */
  let firstCursor: Promise<Cursor | undefined> | undefined

  function readCursorNow(): Promise<Cursor | undefined> {
    return within(STORE_TIMEOUT_MS, readCursor(store, relayUrl))
  }

  function follow(next: Connection): void {
    connection = next
    if (next.state === 'live') poller.start()
    else poller.rest()
    options.onConnection(next)
  }

  /** The moment that something comes in at. */
  function moment(): FrameContext {
    return { isComplete: welcome?.complete ?? false, nowMs: relayClock.nowMs(), endedCardMs: options.endedCardMs() }
  }

  const poller = createStatusPoller({
    clock,
    relay: options.relay,
    questions: () => calls.questions(relayClock.nowMs()),
    onAnswer: (answer) => onWork(calls.ingestAnswer(answer, moment())),
    onNoAnswer: (id, why) => onWork(calls.ingestNoAnswer(id, why, moment())),
  })

  const socketOptions: RelaySocketOptions = {
    clock,
    relayUrl,
    token,
    connect: options.connect,
    random: options.random,
    client: options.client,
    // The browser is for the person's own calls, whatever else they may see.
    view: 'mine',
    readCursor: async () => {
      const first = firstCursor
      firstCursor = undefined
      // The first time nothing is on its way; what is still being read was written by another worker.
      if (first !== undefined) return first
      if (welcome !== undefined) await calls.settled()
      return readCursorNow()
    },
    onWelcome: (message, hasGap, fromPosition) => {
      welcome = message
      relayClock.set(Date.parse(message.now))
      options.onUser(message.user)
      catchUp.begin(fromPosition, message.head)
      // Also with a relay that is another, and has never heard of calls that went on with the one before.
      if (!message.resumed) onWork(calls.doubtLive())
      if (!hasGap) return
      gapNoticedMs = clock.nowMs()
      onWork(writeGap(store, { relayUrl, noticedMs: gapNoticedMs }))
    },
    onEvents: ({ events, head }) => {
      if (welcome === undefined) return
      const { epoch } = welcome
      const isPast = head <= welcome.head
      onWork(calls.ingest({ epoch, head, events, isPast }, moment()).then(() => catchUp.reach(head)))
    },
    onPing: (ping) => {
      relayClock.set(Date.parse(ping.now))
      subscription = ping.subscription
      options.onStatus()
      if (welcome === undefined || clock.nowMs() - cursorKeptMs < CURSOR_INTERVAL_MS) return
      cursorKeptMs = clock.nowMs()
      onWork(calls.keepCursor({ epoch: welcome.epoch, position: ping.head }))
    },
    onConnection: (next) => {
      const change = ++changes
      // What the last frames brought is still on its way through the line; then the cards are as they should be.
      if (next.state === 'live') void calls.shown().then(() => change === changes && follow(next))
      else follow(next)
    },
  }

  return {
    connection: () => connection,
    subscription: () => subscription,
    gapNoticedMs: () => gapNoticedMs,
    progress: () => (connection.state === 'catchingUp' ? catchUp.progress() : undefined),
    start: async () => {
      firstCursor = readCursorNow()
      // Whoever takes it hears of it.
      firstCursor.catch(() => undefined)
      socket = createRelaySocket(socketOptions)
      const gap = await within(STORE_TIMEOUT_MS, readGap(store, relayUrl))
      gapNoticedMs ??= gap?.noticedMs
    },
    hurry: () => socket?.hurry(),
    close: () => {
      changes++
      poller.rest()
      socket?.close()
    },
  }
}
