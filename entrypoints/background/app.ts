import { type Browser, browser } from 'wxt/browser'
import type { User } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/time.ts'
import {
  type Connection,
  createAnnouncer,
  onMessage,
  type RelayProblem,
  type SignInProblem,
  type Status,
} from '../lib/contract/messages.ts'
import { DIAL_PORT, type DialMessage, type DialOrder } from '../lib/contract/ports.ts'
import { knownCountry, readCountry, takeHomeCountry, userCountry, watchCountry } from '../lib/settings/country.ts'
import { homeCountrySetting, relayUrlSetting } from '../lib/settings/settings.ts'
import { openBrowserStore } from '../lib/store/open-writable.ts'
import { readSignIn } from '../lib/store/read.ts'
import type { CallRow, SignIn } from '../lib/store/schema.ts'
import { createSteadyStore } from '../lib/store/steady-store.ts'
import { within } from '../lib/store/within.ts'
import { deleteSignIn, writeSignIn } from '../lib/store/write.ts'
import { deniedActions } from './actions/denied-actions.ts'
import { createDialling } from './actions/dialling.ts'
import { showBadge } from './alerts/badge.ts'
import { createNotices } from './alerts/notices.ts'
import { toldAlerts } from './alerts/told-alerts.ts'
import { followCrmEdits } from './crm/crm-edits.ts'
import { createPageNumbers } from './crm/page-numbers.ts'
import { wipePerson } from './keeping/wipe-person.ts'
import { followMasking } from './masking.ts'
import { createCardPlaces } from './pages/card-places.ts'
import { createCardsInUse } from './pages/cards-in-use.ts'
import { wakeOwnPages } from './pages/own-pages.ts'
import { createPages, type PageFacts } from './pages/pages.ts'
import { startPageLinkInOpenTabs } from './pages/registration.ts'
import { createPerson, type Person } from './person.ts'
import { answerPersonRequests } from './person-requests.ts'
import { createSample } from './sample/sample.ts'
import { parseRelayAddress } from './sign-in/relay-address.ts'
import { probeRelay, revokeToken, signInAt } from './sign-in/sign-in.ts'
import { takeToldUser } from './sign-in/told-user.ts'
import { createUpdateTaker } from './update.ts'
import { hasOpenView, waitingUpdate } from './update-world.ts'
import { signInWorld, world } from './world.ts'

/**
 * The background as a whole: who is signed in, and everything that follows from it. The person's calls and stream begin and
 * end with the sign-in; pages and views are served either way.
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
  /** The granted sites have changed. */
  followGrants(): void
  /** Chrome has a new version of the extension. */
  offerUpdate(version: string): void
}

export interface AppOptions {
  /** Whether the worker is to be revived when Chrome ends it. */
  readonly keepAwake: (isWanted: boolean) => void
}

/** A card hands over what was typed within milliseconds; a page that shows a dialog hands over nothing. */
const TYPING_MS = SECOND_MS
/** How long to wait before a store that refused is tried again. */
const RESTART_MS = 5 * SECOND_MS

export function createApp({ keepAwake }: AppOptions): App {
  const useSignIn = createSteadyStore(openBrowserStore)
  const announce = createAnnouncer()
  let signIn: SignIn | undefined
  let person: Person | undefined
  /** By which country the person's numbers are read; `undefined`: by a guess. */
  let personCountry: string | undefined
  let isKnown = false
  /** The relay stopped taking the token: the person is told so until they have signed in again. */
  let wasRefused = false
  /** The store of calls takes nothing in; it is tried again now and then. */
  let isStoreRefusing = false
  let isRestarting = false
  let isSigningIn = false
  /** Somebody is about to be signed out: no card is theirs any more. */
  let isLeaving = false

  const inUse = createCardsInUse((released) => {
    person?.releaseCards(released)
    sample.release()
    pages.update()
    update.look()
  })
  const places = createCardPlaces(() => pages.update())
  const pages = createPages({
    cards: cardsOn,
    // Before the store has answered a page may as well stay: it costs nothing.
    isSignedIn: () => !isKnown || signIn !== undefined,
    onCard: (message, page) => {
      if (message.type === 'inUse') inUse.set(page.documentId, message.telephonySessionIds)
      else if (message.type === 'move') void places.set(page, message.place).then(() => pages.update())
      else if (!sample.handle(message)) void person?.handle(message, page)
    },
    onPage: () => person?.hurry(),
    onCalls: (page, hasCalls) => {
      if (hasCalls) numbers.read(page)
      else numbers.rest(page)
    },
  })

  const followPages = () => {
    person?.followPages()
    pages.update()
  }
  const numbers = createPageNumbers({ country: userCountry, onChange: followPages })
  const crmEdits = followCrmEdits(followPages)

  const sample = createSample({ ...world, isInUse: inUse.has, onShown: () => pages.update() })

  /** What a page draws: the person's calls, and the sample beneath them. */
  function cardsOn(page: PageFacts) {
    const known = isLeaving ? undefined : person?.cards(page)
    const samples = sample.cards()
    // Signed out there is nothing, and a card of a worker that was ended meanwhile is told so.
    const isOut = isLeaving || (isKnown && signIn === undefined)
    if (known === undefined && samples === undefined && !isOut) return undefined
    const { calls = [], lostSinceMs } = known ?? {}
    return {
      ...(isOut ? { isFinal: true as const } : {}),
      calls: [...calls, ...(samples ?? [])],
      // A sample is no less right for a stream that broke off.
      lostSinceMs: calls.length === 0 && sample.isPlaying() ? undefined : lostSinceMs,
      dial: known?.dial,
      place: places.of(page),
    }
  }

  const dialling = createDialling()

  /** A link to a number was clicked: it is offered on the page above that frame, or is the browser's affair. */
  function connectDial(port: Browser.runtime.Port): void {
    port.onMessage.addListener(async ({ address }: DialMessage) => {
      await changes
      const page = await pages.above(port)
      const isTaken = page !== undefined && typeof address === 'string' && person?.offerDial(page, address)
      port.postMessage({ type: isTaken ? 'taken' : 'leave' } satisfies DialOrder)
    })
  }

  const masking = followMasking(() => {
    pages.update()
    announce('calls')
  })
  const notices = createNotices({ isPageInSight: () => pages.isInSight(), isMasking: masking.isOn, name: nameRow })

  /** A call that nobody's store is open for any more keeps the name that it came with. */
  async function nameRow(row: CallRow): Promise<CallRow> {
    return (await person?.name(row).catch(() => undefined)) ?? row
  }

  // One change of person at a time. Views that ask meanwhile are answered when it is done.
  let changes: Promise<unknown> = start().catch(() => undefined)
  function change<T>(task: () => Promise<T>): Promise<T> {
    const result = changes.then(task)
    changes = result.catch(() => undefined)
    return result
  }

  /** Goes on with whoever was signed in. A store that does not tell who that is is asked again until it does. */
  async function start(): Promise<void> {
    if (isKnown) return
    try {
      const [kept] = await Promise.all([useSignIn(readSignIn), readCountry()])
      tellRefused(false)
      await begin(kept)
    } catch (error) {
      if (!isStoreRefusing) console.warn('Who is signed in cannot be read; trying again.', error)
      tellRefused(true)
      setTimeout(() => void change(start), RESTART_MS)
    }
  }

  async function begin(next: SignIn | undefined): Promise<void> {
    signIn = next
    if (next !== undefined) await keepHomeCountry(next.user)
    isKnown = true
    isLeaving = false
    keepAwake(next !== undefined)
    dialling.allow(next !== undefined)
    if (next === undefined) {
      pages.rest()
      pages.update()
    } else {
      person = await beginPerson(next).catch(restart)
      // The relay may have been faster than the store: what it told was shown to nobody yet.
      drawCards()
    }
    tellStatus()
  }

  function beginPerson(next: SignIn): Promise<Person> {
    personCountry = knownCountry()
    return createPerson({
      signIn: next,
      client: `ringside/${browser.runtime.getManifest().version}`,
      world,
      dialling: () => dialling.current(),
      keptRights: deniedActions,
      numbers,
      crmEdits: () => crmEdits.current(),
      inUse,
      masking,
      tell: (page, order) => pages.tell(page, order),
      onCards: drawCards,
      onNews: (row, news) => void notices.tell(row, news),
      onStored: () => announce('calls'),
      onKept: (what) => announce(what),
      onStatus: tellStatus,
      onUser: (user) => void change(() => followUser(user)),
      onBroken: restart,
    })
  }

  async function keepHomeCountry({ homeCountry = '' }: User): Promise<void> {
    await homeCountrySetting.setValue(homeCountry)
    takeHomeCountry(homeCountry)
  }

  /** The relay has told who this is now. */
  async function followUser(told: User): Promise<void> {
    const user = signIn && takeToldUser(signIn.user, told)
    if (signIn === undefined || user === undefined) return
    const next = { ...signIn, user }
    signIn = next
    // What is not kept now is told again with the next welcome.
    await useSignIn((store) => writeSignIn(store, next)).catch(() => undefined)
    await keepHomeCountry(user)
    tellStatus()
  }

  /** Everything that reads a number begins again with the country of now. */
  async function followCountry(): Promise<void> {
    numbers.readAgain()
    if (signIn !== undefined && personCountry !== knownCountry()) {
      await person?.close()
      person = await beginPerson(signIn).catch(restart)
    }
    drawCards()
    announce('calls')
  }
  watchCountry(() => void change(followCountry))

  function tellStatus(): void {
    if (person?.connection().state === 'unauthorised') void forgetRefused()
    announce('status')
  }

  function drawCards(): void {
    // A real call comes first.
    if (sample.isPlaying() && hasLiveCall()) sample.stop()
    pages.update()
    showCounts()
    update.look()
  }

  const update = createUpdateTaker({
    version: browser.runtime.getManifest().version,
    waiting: waitingUpdate,
    isIdle: async () => isIdle() && !(await hasOpenView()) && isIdle(),
    takeOver: () => browser.runtime.reload(),
  })

  /** Whether nothing would be lost or missed if the worker were away for a second. */
  function isIdle(): boolean {
    const isCatchingUp = ['connecting', 'catchingUp'].includes(connection().state)
    return isKnown && !isSigningIn && !isCatchingUp && !hasLiveCall() && !sample.isPlaying() && inUse.isEmpty()
  }

  function hasLiveCall(): boolean {
    return person !== undefined && person.live().length > 0
  }

  function showCounts(): void {
    showBadge(person?.counts() ?? { ringing: 0, heldMs: undefined, missed: 0 })
  }

  /** Nothing of one person stays in sight of the next. */
  async function end(): Promise<void> {
    await person?.close()
    person = undefined
    pages.clear()
    numbers.restAll()
    showCounts()
    void notices.clear()
  }

  /** Until then the calls are shown as far as they can be, and the cards stay as they are over the change. */
  function restart(error: unknown): undefined {
    if (isRestarting) return
    if (!isStoreRefusing) console.warn('The store of calls cannot be used; trying again.', error)
    isRestarting = true
    tellRefused(true)
    const broken = signIn
    setTimeout(() => {
      void change(async () => {
        isRestarting = false
        if (signIn !== undefined && signIn === broken) {
          // The old one goes when there is another: until then it shows what it hears.
          const before = person
          person = (await beginPerson(signIn).catch(restart)) ?? before
          drawCards()
          if (person !== before) await before?.close()
        }
        // What is still refused is refused again with what the relay repeats.
        setTimeout(() => tellRefused(isRestarting), RESTART_MS)
      })
    }, RESTART_MS)
  }

  function tellRefused(isRefused: boolean): void {
    if (isStoreRefusing === isRefused) return
    isStoreRefusing = isRefused
    announce('status')
  }

  /** A token that is no longer taken is worth nothing; asking with it again and again would only be refused. */
  async function forgetRefused(): Promise<void> {
    if (isLeaving) return
    await finishTyping()
    await change(async () => {
      await leave()
      wasRefused = true
      announce('status')
    })
  }

  /** Takes the cards down before somebody is signed out, and gives what was being typed in them a moment to be kept. */
  async function finishTyping(): Promise<void> {
    isLeaving = true
    pages.update()
    await within(TYPING_MS, inUse.emptied()).catch(() => undefined)
  }

  async function leave(): Promise<SignIn | undefined> {
    const before = signIn
    await end()
    await forgetSignIn()
    await begin(undefined)
    return before
  }

  /** Here nobody is signed in any more, also while the store refuses to forget who was. */
  async function forgetSignIn(): Promise<void> {
    await useSignIn(deleteSignIn).catch(() => {
      setTimeout(() => void change(async () => signIn ?? forgetSignIn()), RESTART_MS)
    })
  }

  async function signOut(): Promise<undefined> {
    await finishTyping()
    const before = await change(leave)
    // Here the person is signed out whether that relay still answers or not.
    if (before !== undefined) void revokeToken(before, signInWorld)
    return undefined
  }

  function connection(): Connection {
    if (person !== undefined) return person.connection()
    if (signIn !== undefined) return { state: 'connecting' }
    return { state: wasRefused ? 'unauthorised' : 'signedOut' }
  }

  onMessage('getStatus', async (): Promise<Status> => {
    await changes
    return {
      relayUrl: signIn?.relayUrl ?? (await relayUrlSetting.getValue()),
      user: signIn?.user,
      connection: connection(),
      subscription: person?.subscription(),
      holeMs: person?.holeMs(),
      isStoreRefusing,
      isStoreScarce: person?.isStoreScarce() ?? false,
      progress: person?.progress(),
    }
  })

  onMessage('setRelay', ({ data: address }) => keepRelay(address, async () => 'signedInElsewhere' as const))
  onMessage('changeRelay', ({ data: address }) => keepRelay(address, signOut))

  /** `onElsewhere`: somebody is signed in at another relay; what it answers is in the way. */
  async function keepRelay<P>(address: string, onElsewhere: () => Promise<P>): Promise<P | RelayProblem | undefined> {
    const relayUrl = parseRelayAddress(address)
    if (relayUrl === undefined) return 'malformed'
    const problem = await probeRelay(relayUrl, signInWorld)
    if (problem !== undefined) return problem
    await changes
    const isElsewhere = signIn !== undefined && signIn.relayUrl !== relayUrl
    const objection = isElsewhere ? await onElsewhere() : undefined
    if (objection !== undefined) return objection
    await relayUrlSetting.setValue(relayUrl)
    announce('status')
    return undefined
  }

  onMessage('signIn', async () => {
    const relayUrl = await relayUrlSetting.getValue()
    if (relayUrl === '') return 'noRelay'
    isSigningIn = true
    const result = await signInAt(relayUrl, signInWorld).finally(() => {
      isSigningIn = false
    })
    const next = result.signIn
    if (next === undefined) return result.problem
    const problem = await change(() => replace(next))
    // Behind the change of person, and waited for by nobody: a page may show a dialog.
    void startPageLinkInOpenTabs()
    return problem
  })

  /** Somebody has signed in. Without a place to keep that, whoever was signed in stays. */
  async function replace(next: SignIn): Promise<SignInProblem | undefined> {
    try {
      await useSignIn((store) => writeSignIn(store, next))
    } catch {
      void revokeToken(next, signInWorld)
      return 'storeRefuses'
    }
    await end()
    await deniedActions.removeValue()
    await toldAlerts.forget()
    wasRefused = false
    await begin(next)
    return undefined
  }

  onMessage('signOut', signOut)

  onMessage('wipe', ({ data: owner }) =>
    change(async () => {
      const isPresent = signIn?.user.accountId === owner.accountId && signIn.user.extensionId === owner.extensionId
      if (isPresent) await end()
      const isWiped = await wipePerson(owner)
      if (isPresent) await begin(signIn)
      announce('calls')
      announce('notes')
      announce('contacts')
      return isWiped ? undefined : 'refused'
    }),
  )

  onMessage('playSample', async () => {
    await changes
    if (hasLiveCall()) return 'busy'
    sample.play()
    // Pages whose script was told to rest come back for it.
    wakeOwnPages()
    void startPageLinkInOpenTabs()
    return undefined
  })

  answerPersonRequests(async () => {
    await changes
    return person
  })

  onMessage('resetCardPlaces', async () => {
    await places.clear()
    pages.update()
    return undefined
  })

  return {
    connect: (port) => {
      if (port.name === DIAL_PORT) connectDial(port)
      else if (!numbers.connect(port)) pages.connect(port)
    },
    hurry: () => {
      person?.hurry()
      update.look()
    },
    offerUpdate: update.offer,
    bringPage: () => pages.bringForward(),
    focusCard: () => pages.moveFocus('focus'),
    foldCard: async () => {
      // The person is done with what they had in hand there: it folds as well.
      pages.moveFocus('leave')
      await changes
      if (!sample.fold()) await person?.foldCard()
    },
    showCardAgain: async () => {
      await changes
      await person?.showCardAgain()
    },
    followGrants: () => {
      pages.followGrants()
      dialling.followGrants()
    },
  }
}
