import type { News } from '../../shared/call/difference.ts'
import type { SubscriptionState, WelcomeMessage } from '../../shared/protocol/wire.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { NO_ACTIONS } from '../lib/card-facts/actions.ts'
import type { CardCall, LiveCall } from '../lib/card-facts/card-call.ts'
import { NO_NOTE } from '../lib/card-facts/note.ts'
import { userCountry } from '../lib/country.ts'
import type { Connection } from '../lib/messages.ts'
import type { CardMessage } from '../lib/ports.ts'
import { openPersonStore } from '../lib/store/open.ts'
import { readCursor, readHole } from '../lib/store/read.ts'
import type { CallRow, SignIn } from '../lib/store/schema.ts'
import { writeHole } from '../lib/store/write.ts'
import { type CallMarks, type Calls, createCalls } from './calls/calls.ts'
import { drawCard } from './calls/card-call.ts'
import type { PageFacts } from './pages/pages.ts'
import { type AskingWorld, createAsking } from './stream/asking.ts'
import { createRelayClock } from './stream/relay-clock.ts'
import { createRelaySocket, type RelaySocket, type SocketWorld } from './stream/relay-socket.ts'

/** All that runs for the person who is signed in: their store, their calls, their stream. Gone with `close`. */
export interface Person {
  connection(): Connection
  subscription(): SubscriptionState | undefined
  /** When the relay last could not go on where this browser had stopped, ms since the epoch; `undefined`: never. */
  holeMs(): number | undefined
  /** What the card on a page is to draw; `undefined` while it is not known yet. */
  cards(page: PageFacts): PersonCards | undefined
  live(): readonly LiveCall[]
  mark(telephonySessionId: string, marks: CallMarks): Promise<void>
  /** Does what a card asks of a call. */
  handle(message: CallMessage, page: PageFacts): Promise<void>
  /** How many calls ring, and how many were missed and not looked at since. */
  counts(): { readonly ringing: number; readonly missed: number }
  seeMissed(): Promise<void>
  /** Reconnects now if the stream is down. */
  hurry(): void
  close(): Promise<void>
}

export interface PersonCards {
  readonly calls: readonly CardCall[]
  /** When the stream broke off, ms since the epoch, browser's clock; absent while it is whole. */
  readonly lostSinceMs: number | undefined
}

/** What cards ask of a person's calls. Where the card stands is the page's affair. */
export type CallMessage = Exclude<CardMessage, { type: 'move' }>

export interface PersonOptions {
  readonly signIn: SignIn
  /** Name and version of this client, for the relay's hello. */
  readonly client: string
  readonly world: SocketWorld & AskingWorld
  readonly onCards: () => void
  /** What the person is to be told, while what is known is what is. */
  readonly onNews: (row: CallRow, news: readonly News[]) => void
  readonly onStored: () => void
  readonly onStatus: () => void
  /** The store refuses to take anything in: close this and begin again later. */
  readonly onBroken: (error: unknown) => void
}

/** A ping's cursor is worth a write now and then only: without events a resume from an older place costs nothing. */
const CURSOR_INTERVAL_MS = MINUTE_MS

export async function createPerson(options: PersonOptions): Promise<Person> {
  const { signIn, world } = options
  const { relayUrl, user } = signIn
  const store = await openPersonStore(user)
  const clock = createRelayClock(world.nowMs)
  let connection: Connection = { state: 'connecting' }
  let subscription: SubscriptionState | undefined
  let welcome: WelcomeMessage | undefined
  let isShowing = false
  let isClosed = false
  let cursorKeptMs = world.nowMs()
  let cancelExpiry = () => {}

  const calls: Calls = createCalls({
    store,
    relayUrl,
    extensionId: user.extensionId,
    country: userCountry(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    onShown: show,
    onNews: (row, news) => {
      if (canShow()) options.onNews(row, news)
    },
    onStored: options.onStored,
  })
  const [hole] = await Promise.all([readHole(store, relayUrl), calls.load()])
  let holeMs = hole?.noticedMs

  /** While catching up a call that seems to ring may have ended long ago: what was shown before stays as it is. */
  function canShow(): boolean {
    return connection.state === 'live' || connection.state === 'lost'
  }

  function show(): void {
    if (!canShow()) return
    isShowing = true
    options.onCards()
    scheduleExpiry()
  }

  /** `page`: the one that the card is on; none for the popup. */
  function describe(row: CallRow, _page: PageFacts | undefined): CardCall {
    return drawCard(row, clock.nowMs(), { match: undefined, known: undefined, note: NO_NOTE, actions: NO_ACTIONS })
  }

  function scheduleExpiry(): void {
    const ends = calls.active().flatMap(({ shownUntilMs }) => (shownUntilMs === undefined ? [] : [shownUntilMs]))
    cancelExpiry()
    if (ends.length === 0) return
    const waitMs = Math.max(0, Math.min(...ends) - clock.nowMs())
    cancelExpiry = world.after(waitMs, () => guard(calls.expire(clock.nowMs())))
  }

  function guard(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isClosed) options.onBroken(error)
    })
  }

  const asking = createAsking(
    {
      relayUrl,
      token: signIn.token,
      questions: () => calls.questions(clock.nowMs()),
      onAnswer: (answer) => {
        guard(calls.takeAnswer(answer, { isComplete: welcome?.complete ?? false, nowMs: clock.nowMs() }))
      },
    },
    world,
  )

  const socket: RelaySocket = createRelaySocket(
    {
      relayUrl,
      token: signIn.token,
      client: options.client,
      readCursor: async () => {
        await calls.settled()
        return readCursor(store, relayUrl)
      },
      onWelcome: (message, hasHole) => {
        welcome = message
        clock.set(Date.parse(message.now))
        if (!hasHole) return
        holeMs = world.nowMs()
        guard(writeHole(store, { relayUrl, noticedMs: holeMs }))
      },
      onEvents: ({ events, head }) => {
        if (welcome === undefined) return
        const { epoch, complete } = welcome
        guard(calls.takeIn({ epoch, head, events }, { isComplete: complete, nowMs: clock.nowMs() }))
      },
      onPing: (ping) => {
        clock.set(Date.parse(ping.now))
        subscription = ping.subscription
        options.onStatus()
        if (welcome === undefined || world.nowMs() - cursorKeptMs < CURSOR_INTERVAL_MS) return
        cursorKeptMs = world.nowMs()
        guard(calls.keepCursor({ epoch: welcome.epoch, position: ping.head }))
      },
      onConnection: (next) => {
        connection = next
        options.onStatus()
        if (next.state === 'live') asking.start()
        else asking.rest()
        // What the last frames brought is still on its way through the line; then the cards are as they should be.
        guard(calls.settled().then(show))
      },
    },
    world,
  )

  return {
    connection: () => connection,
    subscription: () => subscription,
    holeMs: () => holeMs,
    cards: (page) =>
      isShowing
        ? {
            calls: calls
              .active()
              .filter(({ isDismissed }) => !isDismissed)
              .map((row) => describe(row, page)),
            lostSinceMs: connection.state === 'lost' ? connection.sinceMs : undefined,
          }
        : undefined,
    live: () =>
      calls
        .active()
        .filter(({ phase }) => phase !== 'ended')
        .map((row) => ({ ...describe(row, undefined), isDismissed: row.isDismissed })),
    mark: (telephonySessionId, marks) => calls.mark(telephonySessionId, marks),
    handle: async (message) => {
      switch (message.type) {
        case 'dismiss':
          return calls.mark(message.telephonySessionId, { isDismissed: true })
        case 'fold':
          return calls.mark(message.telephonySessionId, { isFolded: message.isFolded })
      }
    },
    counts: () => ({
      ringing: isShowing ? calls.active().filter((row) => row.phase === 'ringing' && !row.isDismissed).length : 0,
      missed: calls.missedUnseen(),
    }),
    seeMissed: () => calls.seeMissed(),
    hurry: () => socket.hurry(),
    close: async () => {
      isClosed = true
      cancelExpiry()
      asking.rest()
      socket.close()
      await calls.settled().catch(() => {})
      store.close()
    },
  }
}
