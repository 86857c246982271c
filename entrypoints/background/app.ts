import { type Browser, browser } from 'wxt/browser'
import { SECOND_MS } from '../../shared/time.ts'
import { createAnnouncer } from '../lib/contract/messages.ts'
import { DIAL_PORT } from '../lib/contract/ports.ts'
import { RING_PORT } from '../lib/contract/ring.ts'
import { streamUrl } from '../lib/relay/relay-socket.ts'
import { watchCountry } from '../lib/settings/country.ts'
import type { SignIn } from '../lib/store/schema.ts'
import { createSteadyStore } from '../lib/store/steady-store.ts'
import { within } from '../lib/store/within.ts'
import { type Account, createAccount, type UserEvents } from './account/account.ts'
import { deniedActions } from './actions/denied-actions.ts'
import { connectDial } from './actions/dial-port.ts'
import { showBadge } from './alerts/badge.ts'
import { shownAlerts } from './alerts/shown-alerts.ts'
import { createCommonParts } from './common-parts.ts'
import { takeFirstStore } from './first-store.ts'
import type { PageFacts } from './pages/open-pages.ts'
import { answerRequests, createRequestHandlers } from './requests.ts'
import { browserClock, signInRuntime, userRuntime } from './runtime.ts'
import { connectAhead, type SocketAhead } from './stream/connect-ahead.ts'
import type { UserCards } from './user/cards.ts'
import { createUser, type UserParts } from './user/user.ts'

/**
 * The background as a whole: the account, and the pages and views that are served whether somebody is signed in or not. What
 * Chrome tells of is handed to it.
 */
export interface App {
  connect(port: Browser.runtime.Port): void
  /** Gets the stream going again if it is down. */
  hurry(): void
  /** The person has clicked a notification: brings a CRM page before them, where the card is. */
  bringPage(): Promise<void>
  /** The person wants the card on the page before them to have the keys. */
  focusCard(): void
  /** Folds the first card that is up to a line, or unfolds it, on every page. */
  foldCard(): Promise<void>
  /** Brings back the card that was put away last, if its call still has one. */
  showCardAgain(): Promise<void>
  /** Asks for help in the first call that somebody is on the line in, or takes that back. */
  raiseHand(): Promise<void>
  /** The granted sites have changed. */
  applyGrants(): void
  /** Chrome has a new version of the extension. */
  offerUpdate(version: string): void
}

export interface AppOptions {
  /** Whether the worker is to be revived when Chrome ends it. */
  readonly keepAwake: (isWanted: boolean) => void
}

/** A card hands over what was typed within milliseconds; a page that shows a dialog hands over nothing. */
const TYPING_MS = SECOND_MS

export function createApp({ keepAwake }: AppOptions): App {
  const announce = createAnnouncer()
  const common = createCommonParts({ user: () => account.user(), isBusy: () => account.isBusy(), announce })
  const { pages, display, sample, numbers, inUse, notifications, ringPage, ringer, update, dialling } = common
  /** The first user's stream, which is on its way before their store is open. */
  let ahead: SocketAhead | undefined
  const account: Account = createAccount({
    clock: browserClock,
    signInRuntime,
    useSignIn: createSteadyStore(takeFirstStore),
    onSignInRead: ({ relayUrl }) => {
      ahead?.close()
      ahead = connectAhead(userRuntime.connect, streamUrl(relayUrl))
    },
    startUser,
    finishTyping: async () => {
      display.show('nobody')
      await within(TYPING_MS, inUse.emptied()).catch(() => undefined)
    },
    onWho: (isSignedIn) => {
      keepAwake(isSignedIn)
      dialling.allow(isSignedIn)
      pages.rest(!isSignedIn)
      display.show(isSignedIn ? undefined : 'nobody')
    },
    onSignIn: async () => {
      await deniedActions.removeValue()
      await shownAlerts.forget()
    },
    onEnded: () => {
      display.show(undefined)
      pages.clear()
      numbers.restAll()
      showBadge({ ringing: 0, heldMs: undefined, missed: 0 })
      ringer.look()
      void notifications.clear()
    },
    onStatus: () => announce('status'),
  })
  watchCountry(() => {
    numbers.readAgain()
    void account.followCountry().then(() => {
      display.redraw()
      announce('calls')
    })
  })
  answerRequests(createRequestHandlers({ ...common, account, announce }))

  async function startUser(signIn: SignIn, events: UserEvents): Promise<UserParts> {
    const socket = ahead
    ahead = undefined
    const starting = createUser({
      ...events,
      signIn,
      client: `ringside/${browser.runtime.getManifest().version}`,
      runtime: socket === undefined ? userRuntime : { ...userRuntime, connect: socket.connect },
      dialling: dialling.current,
      choosePhone: dialling.choosePhone,
      keptRights: deniedActions,
      numbers,
      crmEdits: common.crmEdits.current,
      inUse,
      endedStay: common.endedStay,
      isMasking: common.masking.isOn,
      tell: pages.tell,
      draw,
      onNews: (row, news) => {
        ringer.tell(row, news)
        void notifications.tell(row, news)
      },
      onStored: () => announce('calls'),
      onCrm: () => announce('crm'),
      onKept: announce,
    })
    return starting.finally(() => socket?.close())
  }

  function draw(cards: UserCards): void {
    // A real call comes first.
    if (sample.isPlaying() && cards.live().length > 0) sample.stop()
    display.show(cards)
    showBadge(cards.counts())
    ringer.look()
    update.look()
  }

  async function offerDial(page: PageFacts, address: string): Promise<boolean> {
    return (await account.present())?.offerDial(page, address) ?? false
  }

  return {
    connect: (port) => {
      if (port.name === DIAL_PORT) connectDial(port, { pages, offer: offerDial })
      else if (port.name === RING_PORT) ringPage.connect(port)
      else if (!numbers.connect(port)) pages.connect(port)
    },
    hurry: () => {
      account.user()?.hurry()
      update.look()
    },
    offerUpdate: update.offer,
    bringPage: pages.bringForward,
    focusCard: () => pages.moveFocus('focus'),
    foldCard: async () => {
      // The person is done with what they had in hand there: it folds as well.
      pages.moveFocus('leave')
      const user = await account.present()
      if (!sample.fold()) await user?.cards.toggleFold()
    },
    raiseHand: async () => (await account.present())?.toggleHand(),
    showCardAgain: async () => (await account.present())?.cards.showAgain(),
    applyGrants: () => {
      pages.applyGrants()
      dialling.applyGrants()
    },
  }
}
