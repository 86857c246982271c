import { type Browser, browser } from 'wxt/browser'
import { SECOND_MS } from '../../shared/time.ts'
import { type Connection, createAnnouncer, onMessage, type Status } from '../lib/messages.ts'
import { relayUrlSetting } from '../lib/settings.ts'
import { openBrowserStore } from '../lib/store/open.ts'
import { readSignIn } from '../lib/store/read.ts'
import type { SignIn } from '../lib/store/schema.ts'
import { deleteSignIn, writeSignIn } from '../lib/store/write.ts'
import { showBadge } from './alerts/badge.ts'
import { createNotices } from './alerts/notices.ts'
import { createCardPlaces } from './pages/card-places.ts'
import { createPages } from './pages/pages.ts'
import { startOverlayInOpenTabs } from './pages/registration.ts'
import { createPerson, type Person } from './person.ts'
import { parseRelayAddress } from './sign-in/relay-address.ts'
import { probeRelay, revokeToken, type SignInWorld, signInAt } from './sign-in/sign-in.ts'
import type { AskingWorld } from './stream/asking.ts'
import type { SocketWorld } from './stream/relay-socket.ts'

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
  /** The granted sites have changed. */
  followGrants(): void
}

export interface AppOptions {
  /** Whether the worker is to be revived when Chrome ends it. */
  readonly keepAwake: (isWanted: boolean) => void
}

/** How long to wait before a store that refused is tried again. */
const RESTART_MS = 5 * SECOND_MS

export function createApp({ keepAwake }: AppOptions): App {
  const browserStore = openBrowserStore()
  const announce = createAnnouncer()
  let signIn: SignIn | undefined
  let person: Person | undefined
  let isKnown = false
  /** The relay stopped taking the token: the person is told so until they have signed in again. */
  let wasRefused = false

  const places = createCardPlaces(() => pages.update())
  const pages = createPages({
    cards: (page) => {
      const cards = person?.cards(page)
      return cards && { ...cards, place: places.of(page.origin) }
    },
    // Before the store has answered a page may as well stay: it costs nothing.
    isSignedIn: () => !isKnown || signIn !== undefined,
    onCard: (message, page) => {
      if (message.type === 'move') void places.set(page.origin, message.place).then(() => pages.update())
      else void person?.handle(message, page)
    },
    onPage: () => person?.hurry(),
  })

  const notices = createNotices({ isPageInSight: () => pages.isInSight() })

  // One change of person at a time. Views that ask meanwhile are answered when it is done.
  let changes: Promise<unknown> = browserStore.then(readSignIn).then(begin)
  function change<T>(task: () => Promise<T>): Promise<T> {
    const result = changes.then(task)
    changes = result.catch(() => undefined)
    return result
  }

  async function begin(next: SignIn | undefined): Promise<void> {
    signIn = next
    isKnown = true
    keepAwake(next !== undefined)
    if (next === undefined) pages.rest()
    else person = await beginPerson(next).catch(restart)
    announce('status')
  }

  function beginPerson(next: SignIn): Promise<Person> {
    return createPerson({
      signIn: next,
      client: `ringside/${browser.runtime.getManifest().version}`,
      world,
      onCards: () => {
        pages.update()
        showCounts()
      },
      onNews: (row, news) => void notices.tell(row, news),
      onStored: () => announce('calls'),
      onStatus: () => {
        if (person?.connection().state === 'unauthorised') forgetRefused()
        announce('status')
      },
      onBroken: restart,
    })
  }

  function showCounts(): void {
    showBadge(person?.counts() ?? { ringing: 0, missed: 0 })
  }

  /** Nothing of one person stays in sight of the next. */
  async function end(): Promise<void> {
    await person?.close()
    person = undefined
    pages.clear()
    showCounts()
    void notices.clear()
  }

  function restart(error: unknown): undefined {
    console.warn('The store of calls cannot be used; trying again.', error)
    void change(end)
    setTimeout(() => {
      void change(async () => {
        if (person === undefined) await begin(signIn)
      })
    }, RESTART_MS)
  }

  /** A token that is no longer taken is worth nothing; asking with it again and again would only be refused. */
  function forgetRefused(): void {
    void change(async () => {
      await leave()
      wasRefused = true
      announce('status')
    })
  }

  async function leave(): Promise<SignIn | undefined> {
    const before = signIn
    await end()
    await deleteSignIn(await browserStore)
    await begin(undefined)
    return before
  }

  function connection(): Connection {
    if (person !== undefined) return person.connection()
    if (signIn !== undefined) return { state: 'connecting' }
    return { state: wasRefused ? 'unauthorised' : 'signedOut' }
  }

  onMessage('getStatus', async (): Promise<Status> => {
    await changes
    return {
      relayUrl: await relayUrlSetting.getValue(),
      user: signIn?.user,
      connection: connection(),
      subscription: person?.subscription(),
      holeMs: person?.holeMs(),
    }
  })

  onMessage('setRelay', async ({ data: address }) => {
    const relayUrl = parseRelayAddress(address)
    if (relayUrl === undefined) return 'malformed'
    const problem = await probeRelay(relayUrl, signInWorld)
    if (problem !== undefined) return problem
    await relayUrlSetting.setValue(relayUrl)
    announce('status')
    return undefined
  })

  onMessage('signIn', async () => {
    const relayUrl = await relayUrlSetting.getValue()
    if (relayUrl === '') return 'noRelay'
    const result = await signInAt(relayUrl, signInWorld)
    const next = result.signIn
    if (next === undefined) return result.problem
    await change(async () => {
      await end()
      await writeSignIn(await browserStore, next)
      wasRefused = false
      await begin(next)
      await startOverlayInOpenTabs()
    })
    return undefined
  })

  onMessage('signOut', async () => {
    const before = await change(leave)
    if (before !== undefined) await revokeToken(before, signInWorld)
  })

  onMessage('getLiveCalls', async () => {
    await changes
    return person?.live() ?? []
  })

  onMessage('seeMissed', async () => {
    await changes
    await person?.seeMissed()
  })

  onMessage('setDismissed', async ({ data: { telephonySessionId, isDismissed } }) => {
    await changes
    await person?.mark(telephonySessionId, { isDismissed })
  })

  return {
    connect: (port) => pages.connect(port),
    hurry: () => person?.hurry(),
    bringPage: () => pages.bringForward(),
    focusCard: () => pages.focusCard(),
    followGrants: () => pages.followGrants(),
  }
}

const world: SocketWorld & AskingWorld = {
  fetch: (input, init) => fetch(input, init),
  connect: (url) => new WebSocket(url),
  nowMs: () => Date.now(),
  random: () => Math.random(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs)
    return () => clearTimeout(timer)
  },
}

const signInWorld: SignInWorld = {
  fetch: (input, init) => fetch(input, init),
  get redirectUrl() {
    return browser.identity.getRedirectURL()
  },
  openWindow: (url) => browser.identity.launchWebAuthFlow({ url, interactive: true }),
}
