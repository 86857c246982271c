import { MINUTE_MS } from '../../../shared/time.ts'
import { nameCall } from '../../lib/caller/caller-name.ts'
import { readNamesOf } from '../../lib/caller/read-names.ts'
import type { Connection } from '../../lib/contract/messages.ts'
import { loadNumberingPlans } from '../../lib/numbers/load-plans.ts'
import { knownCountry } from '../../lib/settings/country.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { openPersonStore } from '../../lib/store/open-writable.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { language } from '../../lib/wording/labels.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import { createParts, type Parts, type PartsOptions, type UserOptions } from './parts.ts'
import { refresh } from './refresh.ts'

/** All that runs for the user who is signed in: their store, their calls, their stream. Gone with `close`. */
export interface UserParts
  extends Pick<
    Parts,
    'stream' | 'calls' | 'cards' | 'receive' | 'actions' | 'matches' | 'crm' | 'keepsakes' | 'retention'
  > {
  /** The country by which these parts read numbers, ISO 3166; `undefined`: by a guess. */
  readonly country: string | undefined
  /** Returns the call under the name that the store has for its caller. */
  name(row: CallRow): Promise<CallRow>
  /** Offers to call the number of a link on a page. Returns whether it does. */
  offerDial(page: PageFacts, address: string): boolean
  /** Raises the user's hand in the first call that goes on, or lowers it; without a call nothing happens. */
  toggleHand(): Promise<void>
  /** Reconnects now if the stream is down, and tells what is due: timers stand still while the computer sleeps. */
  hurry(): void
  close(): Promise<void>
}

/** How long loading may take: after a change of time zone all days are counted again, which takes a while with years of calls. */
const LOADING_MS = 2 * MINUTE_MS

/**
 * Resolves when what is kept has been read; `onParts`: what runs is there before. Rejects when the user's store can't be used, or
 * nothing is known of numbers.
 */
export async function createUser(
  options: UserOptions & { readonly onParts: (user: UserParts) => void },
): Promise<UserParts> {
  const opening = openPersonStore(options.signIn.user)
  const numbersReadable = loadNumberingPlans()
  // Whoever reads numbers hears of it.
  numbersReadable.catch(() => undefined)
  const store = await opening
  const { user, load } = assemble(store, { ...options, numbersReadable })
  options.onParts(user)
  try {
    await within(LOADING_MS, load())
  } catch (error) {
    // The next attempt opens a store and a stream of its own.
    void user.close()
    throw error
  }
  return user
}

/** Has the parts act together. `load`: has them read what is kept, and opens the stream. */
function assemble(store: PersonStore, options: PartsOptions): { readonly user: UserParts; load(): Promise<unknown> } {
  const { onStored, onKept, onStatus, onCrm } = options
  let isClosed = false
  /** Before, a card of a call that goes on would be taken down. */
  let isReadBack = false

  const parts = createParts(store, options, {
    onShown: show,
    onOffered: () => {
      show()
      onStored()
    },
    onNews: (row, news) => {
      if (canShow()) parts.ringNews.tell(row, news)
    },
    onStored: () => {
      knowledge.refresh(calls.active())
      notes.refresh(calls.active())
      onStored()
    },
    onRetention: () => {
      onWork(calls.recountMissed())
      onStored()
      onKept('notes')
      onStatus()
    },
    onConnection: followConnection,
    onCrm: () => {
      draw()
      onCrm()
    },
    onWork,
  })
  const { stream, calls, cards, actions, alerts, ruleAlerts, matches, crm, knowledge, notes, retention, ringNews } =
    parts

  /** While catching up, a call that seems to ring may have ended long ago: the cards stay as they were before. */
  function canShow(): boolean {
    const { state } = stream.connection()
    return state === 'live' || state === 'lost'
  }

  function onWork(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!isClosed) options.onBroken(error)
    })
  }

  function show(): void {
    if (!canShow() || isClosed) return
    cards.reveal()
    refresh({ calls, matches, actions, alerts, ruleAlerts, crm, shown: cards.shown, draw })
  }

  function draw(): void {
    if (isReadBack) options.draw(cards)
  }

  function followConnection({ state }: Connection): void {
    onStatus()
    if (state === 'live') retention.start()
    show()
    if (state !== 'live') return
    ringNews.catchUp(calls.active())
    void crm.hurry()
  }

  async function load(): Promise<void> {
    // While this is read the socket opens: what it brings waits behind it.
    await Promise.all([readBack(), stream.start()])
  }

  async function readBack(): Promise<void> {
    await calls.load()
    await notes.load(calls.active())
    isReadBack = true
    draw()
  }

  async function close(): Promise<void> {
    isClosed = true
    for (const part of [calls, actions, alerts, ruleAlerts, retention, matches, crm, stream]) part.close()
    // What a store does not take in by now is told again by the relay.
    const written = Promise.all([calls.settled().catch(() => {}), notes.settled()])
    await within(STORE_TIMEOUT_MS, written).catch(() => {})
    store.close()
  }

  const user: UserParts = {
    ...parts,
    country: knownCountry(),
    name: async (row) => nameCall(row, await readNamesOf(store, row, language())),
    offerDial: ({ documentId }, address) =>
      canShow() && options.dialling().isOn && actions.dial.offer(documentId, address),
    toggleHand: async () => {
      for (const row of calls.active()) {
        const kind = actions.offered(row).kinds.find((one) => one === 'raiseHand' || one === 'lowerHand')
        if (kind !== undefined) return actions.act(row, { kind })
      }
    },
    hurry: () => {
      stream.hurry()
      alerts.refresh()
      ruleAlerts.refresh()
    },
    close,
  }
  return { user, load }
}
