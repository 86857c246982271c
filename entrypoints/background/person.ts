import type { News } from '../../shared/call/difference.ts'
import { maskNumber } from '../../shared/number/mask.ts'
import type { SubscriptionState, User } from '../../shared/protocol/wire.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { nameCall, nameConference } from '../lib/caller/caller-name.ts'
import { readNamesOf } from '../lib/caller/read-names.ts'
import type { CallAction, OfferedDevice } from '../lib/contract/call-actions.ts'
import type { CardCall, LiveCall } from '../lib/contract/card-call.ts'
import type { Announcement, Connection, ContactsChange, KeepingProblem } from '../lib/contract/messages.ts'
import type { CardMessage, CardOrder, DialOffer, Suggestion } from '../lib/contract/ports.ts'
import type { CrmEdits } from '../lib/crm/site.ts'
import type { CallNote } from '../lib/notes/note.ts'
import { knownCountry, userCountry } from '../lib/settings/country.ts'
import type { Dialling } from '../lib/settings/settings.ts'
import { followDayContext } from '../lib/store/day-context.ts'
import { openPersonStore } from '../lib/store/open-writable.ts'
import { readCall } from '../lib/store/read.ts'
import type { CallRow, SignIn } from '../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../lib/store/within.ts'
import { language } from '../lib/wording/labels.ts'
import { createPersonActions } from './actions/person-actions.ts'
import type { KeptRights } from './actions/rights.ts'
import type { BadgeFacts } from './alerts/badge.ts'
import { createPersonAlerts } from './alerts/person-alerts.ts'
import { createRingNews } from './alerts/ring-news.ts'
import { toldAlerts } from './alerts/told-alerts.ts'
import { changeContacts } from './caller/contacts.ts'
import { createKnowledge } from './caller/knowledge.ts'
import { createNotes } from './caller/notes.ts'
import { type CallMarks, type Calls, createCalls } from './calls/calls.ts'
import { drawCard } from './calls/card-call.ts'
import { createCardExpiry } from './calls/card-expiry.ts'
import { followEndedStay } from './calls/ended-stay.ts'
import { createMatches } from './crm/matches.ts'
import type { PageNumbers } from './crm/page-numbers.ts'
import { createSeenRecords } from './crm/seen-records.ts'
import { tabOpener } from './crm/tab-opener.ts'
import { createPersonKeeping } from './keeping/person-keeping.ts'
import type { Masking } from './masking.ts'
import type { CardsInUse } from './pages/cards-in-use.ts'
import type { PageFacts } from './pages/pages.ts'
import type { AskingWorld } from './stream/asking.ts'
import { createPersonStream } from './stream/person-stream.ts'
import { createRelayClock } from './stream/relay-clock.ts'
import type { SocketWorld } from './stream/relay-socket.ts'

/** All that runs for the person who is signed in: their store, their calls, their stream. Gone with `close`. */
export interface Person {
  connection(): Connection
  subscription(): SubscriptionState | undefined
  /** When the relay last could not go on where this browser had stopped, ms since the epoch; `undefined`: never. */
  holeMs(): number | undefined
  /** What the card on a page is to draw; `undefined` while it is not known yet. */
  cards(page: PageFacts): PersonCards | undefined
  live(): readonly LiveCall[]
  /** The call under the name by which its caller is known. */
  name(row: CallRow): Promise<CallRow>
  mark(telephonySessionId: string, marks: CallMarks): Promise<void>
  /** Folds the first card that is up to a line, or unfolds it. */
  foldCard(): Promise<void>
  /** Brings back the card that was put away last, if its call still has one. */
  showCardAgain(): Promise<void>
  /** Does what a card asks of a call. */
  handle(message: CallMessage, page: PageFacts): Promise<void>
  /** Asks something of a call that is going on. */
  act(telephonySessionId: string, action: CallAction): Promise<void>
  /** Whom a call may be given to, by what was typed so far. */
  suggest(typed: string): Promise<readonly Suggestion[]>
  /** The person's phones that can take a call now. */
  devices(): Promise<readonly OfferedDevice[]>
  /** Offers to call the number of a link on a page. Gives whether it does. */
  offerDial(page: PageFacts, address: string): boolean
  /** Keeps what was written about a call. Answers why it could not be kept, or nothing. */
  writeNote(telephonySessionId: string, note: CallNote): Promise<KeepingProblem | undefined>
  changeContacts(change: ContactsChange): Promise<KeepingProblem | undefined>
  /** The pages show other numbers than before. */
  followPages(): void
  /** Nobody is using the cards of these calls any more. */
  releaseCards(telephonySessionIds: readonly string[]): void
  /** How much of what was missed has been taken in, 0 to 1; `undefined` while there is nothing to catch up with. */
  progress(): number | undefined
  /** Whether the browser's store will be full before long. */
  isStoreScarce(): boolean
  /** What the toolbar tells. */
  counts(): BadgeFacts
  seeMissed(): Promise<void>
  /** Reconnects now if the stream is down, and tells what is due: timers stand still while the computer sleeps. */
  hurry(): void
  close(): Promise<void>
}

export interface PersonCards {
  readonly calls: readonly CardCall[]
  /** When the stream broke off, ms since the epoch, browser's clock; absent while it is whole. */
  readonly lostSinceMs: number | undefined
  /** The number that waits there to be called. */
  readonly dial: DialOffer | undefined
}

/** What cards ask of a person's calls. Where the card stands, and whether it is in use, is the page's affair. */
export type CallMessage = Exclude<CardMessage, { type: 'move' | 'inUse' }>

export interface PersonOptions {
  readonly signIn: SignIn
  /** Name and version of this client, for the relay's hello. */
  readonly client: string
  readonly world: SocketWorld & AskingWorld
  readonly dialling: () => Dialling
  readonly keptRights: KeptRights
  readonly numbers: Pick<PageNumbers, 'of' | 'all'>
  readonly crmEdits: () => CrmEdits
  readonly inUse: Pick<CardsInUse, 'has' | 'hasOn'>
  readonly masking: Masking
  /** Answers the card on one page. */
  readonly tell: (page: PageFacts, order: CardOrder) => void
  readonly onCards: () => void
  /** What the person is to be told of a call, while the calls are known as they are now. */
  readonly onNews: (row: CallRow, news: readonly News[]) => void
  readonly onStored: () => void
  /** What the person wrote down or brought has changed in the store. */
  readonly onKept: (what: Extract<Announcement, 'notes' | 'contacts'>) => void
  readonly onStatus: () => void
  /** Who the person is, as the relay tells it with each connection. */
  readonly onUser: (user: User) => void
  /** The store refuses to take anything in. Calls are shown from memory as they come; close this and begin again later. */
  readonly onBroken: (error: unknown) => void
}

/** Days are counted anew when a time zone has become another: with years of calls that takes a while. */
const LOADING_MS = 2 * MINUTE_MS
/** More than anybody can look at: a flood of calls must not take the pages with it. */
const MAX_CARDS = 12

export async function createPerson(options: PersonOptions): Promise<Person> {
  const { signIn, world } = options
  const { relayUrl, user } = signIn
  const store = await openPersonStore(user)
  const clock = createRelayClock(world.nowMs)
  let connection: Connection = { state: 'connecting' }
  let isShowing = false
  let isClosed = false
  let lastPutAway: string | undefined

  const knowledge = createKnowledge({ store, language: language(), onChanged: show })
  const notes = createNotes({
    store,
    withRoom: (write) => keeping.withRoom(write),
    nowMs: world.nowMs,
    findCall: async (telephonySessionId) => find(telephonySessionId) ?? readCall(store, telephonySessionId),
    onChanged: show,
  })

  const keeping = createPersonKeeping(store, {
    name: user.name,
    nowMs: clock.nowMs,
    after: world.after,
    onChange: () => {
      options.onStored()
      options.onKept('notes')
      options.onStatus()
    },
  })

  const ringNews = createRingNews({
    told: toldAlerts.ringing,
    findCall: (telephonySessionId) => within(STORE_TIMEOUT_MS, readCall(store, telephonySessionId)),
    onNews: options.onNews,
  })

  const calls: Calls = createCalls({
    store,
    withRoom: keeping.withRoom,
    relayUrl,
    extensionId: user.extensionId,
    country: userCountry(),
    isCountryKnown: knownCountry() !== undefined,
    dayContext: followDayContext(),
    isInUse: options.inUse.has,
    onShown: show,
    onNews: (row, news) => {
      if (canShow()) ringNews.tell(row, news)
    },
    onStored: () => {
      knowledge.refresh(shown())
      notes.refresh(calls.active())
      options.onStored()
    },
  })
  const stay = followEndedStay(() => guard(calls.keepEnded(stay.ms())))
  // Meanwhile the socket opens: what it brings waits in line behind what is read here.
  const loading = Promise.all([
    stay.read(),
    calls
      .load({ isComplete: false, nowMs: clock.nowMs(), endedCardMs: stay.ms() })
      .then(() => notes.load(calls.active())),
  ])

  /** While catching up a call that seems to ring may have ended long ago: what was shown before stays as it is. */
  function canShow(): boolean {
    return connection.state === 'live' || connection.state === 'lost'
  }

  const actions = createPersonActions(
    {
      signIn,
      store,
      country: userCountry(),
      dialling: options.dialling,
      keptRights: options.keptRights,
      onChange: () => {
        show()
        options.onStored()
      },
    },
    world,
  )

  const alerts = createPersonAlerts(store, {
    calls: () => calls.active(),
    isCurrent: () => connection.state === 'live',
    nowMs: clock.nowMs,
    after: world.after,
    isMasking: options.masking.isOn,
    name: named,
    onChange: () => {
      show()
      options.onStored()
    },
  })

  const matches = createMatches({
    country: userCountry(),
    pages: options.numbers,
    edits: options.crmEdits,
    seen: createSeenRecords(store, show),
    calls: shown,
    choose: (telephonySessionId, chosenUrl) => calls.mark(telephonySessionId, { chosenUrl }),
    tabs: tabOpener,
    world,
  })

  const expiry = createCardExpiry({
    active: () => calls.active().filter(({ telephonySessionId }) => !options.inUse.has(telephonySessionId)),
    expire: (nowMs) => calls.expire(nowMs),
    nowMs: clock.nowMs,
    after: world.after,
    onWork: guard,
  })

  function show(): void {
    if (!canShow() || isClosed) return
    isShowing = true
    matches.follow()
    actions.follow(calls.active())
    options.onCards()
    alerts.follow()
    actions.prepare(calls.active())
    expiry.follow()
  }

  /** The calls on cards. */
  function shown(): readonly CallRow[] {
    return calls
      .active()
      .filter(({ isDismissed }) => !isDismissed)
      .slice(0, MAX_CARDS)
  }

  /** The calls on the cards of one page: what is in use there stays, also when it was put away elsewhere. */
  function shownOn({ documentId }: PageFacts): readonly CallRow[] {
    const usual = new Set(shown())
    return calls.active().filter((row) => usual.has(row) || options.inUse.hasOn(documentId, row.telephonySessionId))
  }

  function find(telephonySessionId: string): CallRow | undefined {
    return calls.active().find((row) => row.telephonySessionId === telephonySessionId)
  }

  async function act(telephonySessionId: string, action: CallAction): Promise<void> {
    const row = find(telephonySessionId)
    if (row !== undefined) await actions.act(row, action)
  }

  function mark(telephonySessionId: string, marks: CallMarks): Promise<void> {
    if (marks.isDismissed === true) lastPutAway = telephonySessionId
    return calls.mark(telephonySessionId, marks)
  }

  async function writeNote(telephonySessionId: string, note: CallNote): Promise<KeepingProblem | undefined> {
    const problem = await notes.write(telephonySessionId, note)
    if (problem === undefined) {
      // Another call with the same number may be on a card as well.
      knowledge.refresh(calls.active())
      options.onKept('notes')
    }
    return problem
  }

  /** The call under the name by which its caller is known by now. */
  function named(row: CallRow): CallRow {
    return nameCall(row, knowledge.of(row)?.names)
  }

  /** `page`: the one that the card is on; none for the popup. */
  function describe(row: CallRow, page: PageFacts | undefined): CardCall {
    const others = row.conferenceWith === undefined ? [] : calls.active().map(named)
    return drawCard(nameConference(row, others), clock.nowMs(), {
      match: page && matches.of(named(row), page),
      known: knowledge.of(row),
      note: notes.of(row.telephonySessionId),
      actions: actions.offered(row),
      held: alerts.heldOf(row.telephonySessionId),
      isMasking: options.masking.isOn(),
    })
  }

  async function suggest(typed: string): Promise<readonly Suggestion[]> {
    const suggestions = await within(STORE_TIMEOUT_MS, actions.suggest(typed))
    if (!options.masking.isOn()) return suggestions
    return suggestions.map((one) => ({ ...one, text: maskNumber(one.text) }))
  }

  function maskDial(offer: DialOffer | undefined): DialOffer | undefined {
    if (offer === undefined || offer.number.kind !== 'number' || !options.masking.isOn()) return offer
    return { ...offer, number: { ...offer.number, text: maskNumber(offer.number.text) } }
  }

  function guard(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isClosed) options.onBroken(error)
    })
  }

  const stream = createPersonStream(
    {
      signIn,
      client: options.client,
      store,
      calls,
      clock,
      endedCardMs: stay.ms,
      onConnection: (next) => {
        connection = next
        options.onStatus()
        if (next.state === 'live') keeping.start()
        show()
        if (next.state === 'live') ringNews.catchUp(calls.active())
      },
      onStatus: options.onStatus,
      onUser: options.onUser,
      onWork: guard,
    },
    world,
  )

  async function close(): Promise<void> {
    isClosed = true
    expiry.close()
    stay.close()
    actions.close()
    alerts.close()
    keeping.close()
    matches.close()
    stream.close()
    // What a store does not take in by now is told again by the relay.
    await within(STORE_TIMEOUT_MS, Promise.all([calls.settled().catch(() => {}), notes.settled()])).catch(() => {})
    store.close()
  }

  try {
    await within(LOADING_MS, Promise.all([loading, stream.load()]))
  } catch (error) {
    // Whoever begins again has a store and a stream of their own.
    void close()
    throw error
  }
  return {
    connection: () => connection,
    subscription: stream.subscription,
    holeMs: stream.holeMs,
    cards: (page) =>
      isShowing
        ? {
            calls: shownOn(page).map((row) => describe(row, page)),
            lostSinceMs: connection.state === 'lost' ? connection.sinceMs : undefined,
            dial: maskDial(actions.dial.on(page.documentId)),
          }
        : undefined,
    live: () =>
      calls
        .active()
        .filter(({ phase }) => phase !== 'ended')
        .map((row) => ({ ...describe(row, undefined), isDismissed: row.isDismissed })),
    name: async (row) => nameCall(row, await readNamesOf(store, row, language())),
    mark,
    foldCard: async () => {
      const row = shown()[0]
      if (row !== undefined) await mark(row.telephonySessionId, { isFolded: !row.isFolded })
    },
    showCardAgain: async () => {
      const away = calls.active().filter(({ isDismissed }) => isDismissed)
      // After the worker was ended nobody knows which was the last: then the first in order.
      const row = away.find(({ telephonySessionId }) => telephonySessionId === lastPutAway) ?? away[0]
      if (row !== undefined) await mark(row.telephonySessionId, { isDismissed: false })
    },
    act,
    suggest,
    devices: () => actions.devices(),
    offerDial: (page, address) => canShow() && options.dialling().isOn && actions.dial.offer(page.documentId, address),
    handle: async (message, page) => {
      switch (message.type) {
        case 'dismiss':
          return mark(message.telephonySessionId, { isDismissed: true })
        case 'fold':
          return mark(message.telephonySessionId, { isFolded: message.isFolded })
        case 'act':
          return act(message.telephonySessionId, message.action)
        case 'callBack': {
          const row = find(message.telephonySessionId)
          return row && actions.callBack(row)
        }
        case 'openRecord': {
          const row = find(message.telephonySessionId)
          return row && matches.open(row, message.url, page)
        }
        case 'search': {
          const row = find(message.telephonySessionId)
          return row && matches.search(named(row), page)
        }
        case 'suggest': {
          const { query } = message
          return options.tell(page, { type: 'suggestions', query, suggestions: await suggest(query) })
        }
        case 'dial':
          return actions.dial.call(page.documentId, message.to)
        case 'note': {
          const { telephonySessionId } = message
          const problem = await writeNote(telephonySessionId, message.note)
          const kept = notes.of(telephonySessionId)
          const note = problem === undefined ? kept : { ...kept, isRefused: true as const }
          return options.tell(page, { type: 'noteKept', telephonySessionId, note })
        }
        case 'leaveDial':
          return actions.dial.leave(page.documentId)
      }
    },
    writeNote,
    changeContacts: async (change) => {
      const problem = await changeContacts(store, change, {
        withRoom: keeping.withRoom,
        country: userCountry(),
        isCountryKnown: knownCountry() !== undefined,
      })
      await notes.refreshTags()
      knowledge.refresh(calls.active())
      options.onKept('contacts')
      return problem
    },
    followPages: () => matches.follow(),
    releaseCards: (ids) => guard(calls.release(ids, { nowMs: clock.nowMs(), endedCardMs: stay.ms() })),
    progress: stream.progress,
    isStoreScarce: () => keeping.isScarce(),
    counts: () => ({
      ringing: isShowing ? calls.active().filter((row) => row.phase === 'ringing' && !row.isDismissed).length : 0,
      heldMs: isShowing ? alerts.longestHoldMs() : undefined,
      missed: calls.missedUnseen(),
    }),
    seeMissed: () => calls.seeMissed(),
    hurry: () => {
      stream.hurry()
      alerts.follow()
    },
    close,
  }
}
