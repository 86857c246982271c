import { type Browser, browser } from 'wxt/browser'
import {
  CARD_PORT,
  type CardMessage,
  type CardOrder,
  type CardSnapshot,
  PAGE_PORT,
  type PageMessage,
  type PageOrder,
} from '../../lib/contract/ports.ts'
import { PAGE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { isOwnPage } from './own-pages.ts'

type Port = Browser.runtime.Port

/**
 * The CRM pages that are open: which of them can be seen, which carry the card. The card's script comes into a page when
 * there is a call to show and the page can be seen; a page that comes to the front later gets the card as it is then.
 */
export interface Pages {
  /**
   * The page that shows the card for the frame that a port comes from: the one before the person in its tab, if both it and
   * the frame are of granted sites.
   */
  above(port: Port): Promise<PageFacts | undefined>
  /** Takes on a port from a page, of either kind. */
  connect(port: Port): void
  /** Draws the cards anew everywhere. */
  update(): void
  /** Takes the cards down everywhere. */
  clear(): void
  /** Answers one card, when a page has it. */
  tell(page: PageFacts, order: CardOrder): void
  /** Hands the keys to the card on the page before the person, when there is one; `leave`: has it give them back. */
  moveFocus(to: 'focus' | 'leave'): void
  /** Whether a granted page can be seen. */
  isInSight(): boolean
  /** Brings the granted page that came last before the person, if there is one. */
  bringForward(): Promise<void>
  /** Lets the pages be: they do not wake the worker any more. */
  rest(): void
  /** Takes the cards off pages whose site is no longer granted, and brings them to those whose site is again. */
  followGrants(): void
}

export interface PagesOptions {
  /** What to draw there; `undefined` while nothing is known. */
  readonly cards: (page: PageFacts) => Omit<CardSnapshot, 'type' | 'isAnnouncing'> | undefined
  readonly isSignedIn: () => boolean
  readonly onCard: (message: CardMessage, page: PageFacts) => void
  /** A page has come, and somebody may be looking at it. */
  readonly onPage: () => void
  /** Whether calls are to be shown on a page, each time that is looked at. */
  readonly onCalls: (page: PageFacts, hasCalls: boolean) => void
}

/** One document in a tab; a navigation makes another. */
export interface PageFacts {
  readonly tabId: number
  readonly documentId: string
  readonly origin: string
  /** Whether it is in an incognito window: then nothing of it may be kept. */
  readonly isIncognito: boolean
}

/** After the worker was ended, its two ports come back in any order. */
interface Page extends PageFacts {
  port: Port | undefined
  isVisible: boolean
  /** Asked of Chrome when the page comes: its scripts live on after a grant was taken back. */
  isGranted: boolean
  card: Port | 'none' | 'coming'
}

export function createPages({ cards, isSignedIn, onCard, onPage, onCalls }: PagesOptions): Pages {
  const pages = new Map<string, Page>()
  /** The page that was looked at last: it alone says aloud what happens. */
  let lookedAt: string | undefined

  function pageOf({ sender }: Port): Page | undefined {
    // Ports of other senders than our own scripts in the top frame of a tab are nobody we know.
    if (sender?.id !== browser.runtime.id || sender.frameId !== 0) return undefined
    const { documentId, documentLifecycle, tab, origin } = sender
    if (documentId === undefined || tab?.id === undefined || origin === undefined) return undefined
    const known = pages.get(documentId)
    if (known !== undefined) return known
    // A tab shows one document. What it showed before may lie aside for "back", and nobody tells when that is let go.
    if (documentLifecycle !== 'prerender') {
      for (const other of pages.values()) if (other.tabId === tab.id) forget(other)
    }
    const where = { tabId: tab.id, documentId, origin, isIncognito: tab.incognito }
    const page: Page = { ...where, port: undefined, isVisible: false, isGranted: false, card: 'none' }
    pages.set(documentId, page)
    void followGrant(page)
    return page
  }

  /** One that was forgotten may still have something on its way. */
  function isKnown(page: Page): boolean {
    return pages.get(page.documentId) === page
  }

  function forget(page: Page): void {
    pages.delete(page.documentId)
    onCard(NOTHING_IN_USE, page)
    if (lookedAt === page.documentId) lookedAt = undefined
    onCalls(page, false)
  }

  /** With its last port a page has gone: after the worker was ended they come back one by one. */
  function forgetWithoutPorts(page: Page): void {
    if (isKnown(page) && page.port === undefined && typeof page.card !== 'object') forget(page)
  }

  async function followGrant(page: Page): Promise<void> {
    page.isGranted = isOwnPage(page) || (await browser.permissions.contains({ origins: [`${page.origin}/*`] }))
    if (!isKnown(page)) return
    if (page.isGranted) bring(page)
    else {
      clear(page)
      onCalls(page, false)
    }
  }

  function connectPage(page: Page, port: Port): void {
    page.port = port
    port.onMessage.addListener(({ isVisible, hasFocus }: PageMessage) => {
      page.isVisible = isVisible
      const before = lookedAt
      if (isVisible && (hasFocus || lookedAt === undefined)) lookedAt = page.documentId
      // Whoever spoke before is told to be silent first.
      if (before !== lookedAt && before !== undefined) bringTo(before)
      bring(page)
    })
    port.onDisconnect.addListener(() => {
      if (page.port !== port) return
      page.port = undefined
      page.isVisible = false
      if (lookedAt === page.documentId) lookedAt = undefined
      forgetWithoutPorts(page)
    })
    if (!isSignedIn()) order(port, { type: 'rest' })
    onPage()
  }

  function connectCard(page: Page, port: Port): void {
    page.card = port
    port.onMessage.addListener((message: CardMessage) => onCard(message, page))
    port.onDisconnect.addListener(() => {
      if (page.card !== port) return
      page.card = 'none'
      onCard(NOTHING_IN_USE, page)
      forgetWithoutPorts(page)
    })
    bring(page)
  }

  /** Draws the card where it is; brings it where it is not and is needed. */
  function bring(page: Page): void {
    if (!page.isGranted || !isKnown(page)) return
    const snapshot = cards(page)
    if (snapshot === undefined) return
    onCalls(
      page,
      snapshot.calls.some(({ isSample }) => !isSample),
    )
    if (typeof page.card === 'object') {
      const isAnnouncing = page.documentId === lookedAt
      page.card.postMessage({ type: 'cards', isAnnouncing, ...snapshot } satisfies CardOrder)
      return
    }
    // The extension's own page brings its card by itself: Chrome injects no script there.
    if (page.card === 'coming' || !page.isVisible || isEmpty(snapshot) || isOwnPage(page)) return
    page.card = 'coming'
    inject(page).catch(() => {
      // The page went away meanwhile, its grant did, or it shows a dialog: there is nothing to show a card on for now.
      if (page.card === 'coming') page.card = 'none'
    })
  }

  function bringTo(documentId: string): void {
    const page = pages.get(documentId)
    if (page !== undefined) bring(page)
  }

  function tell({ documentId }: PageFacts, told: CardOrder): void {
    const card = pages.get(documentId)?.card
    if (typeof card === 'object') card.postMessage(told)
  }

  async function above({ sender }: Port): Promise<PageFacts | undefined> {
    const { id, tab, origin } = sender ?? {}
    if (id !== browser.runtime.id || tab?.id === undefined || origin === undefined) return undefined
    const page = [...pages.values()].find(({ tabId, isVisible }) => tabId === tab.id && isVisible)
    if (!page?.isGranted) return undefined
    const isGranted = origin === page.origin || (await browser.permissions.contains({ origins: [`${origin}/*`] }))
    return isGranted ? page : undefined
  }

  return {
    tell,
    above,
    moveFocus: (type) => {
      const page = lookedAt === undefined ? undefined : pages.get(lookedAt)
      if (page?.isVisible) tell(page, { type })
    },
    connect: (port) => {
      const page = pageOf(port)
      if (page === undefined) {
        port.disconnect()
        return
      }
      if (port.name === PAGE_PORT) connectPage(page, port)
      if (port.name === CARD_PORT) connectCard(page, port)
    },
    update: () => {
      for (const page of pages.values()) bring(page)
    },
    clear: () => {
      for (const page of pages.values()) clear(page)
    },
    isInSight: () => [...pages.values()].some(({ isVisible, isGranted }) => isVisible && isGranted),
    bringForward: async () => {
      const page = [...pages.values()].filter(({ isGranted }) => isGranted).at(-1)
      if (page === undefined) return
      const tab = await browser.tabs.update(page.tabId, { active: true })
      if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true })
    },
    rest: () => {
      for (const { port } of pages.values()) if (port !== undefined) order(port, { type: 'rest' })
    },
    followGrants: () => {
      for (const page of pages.values()) void followGrant(page)
    },
  }
}

const NOTHING_TO_DRAW: CardSnapshot = {
  type: 'cards',
  calls: [],
  lostSinceMs: undefined,
  place: undefined,
  isAnnouncing: false,
  isFinal: true,
}

/** What holds of a page that has gone. */
const NOTHING_IN_USE: CardMessage = { type: 'inUse', telephonySessionIds: [] }

/** Whether there is nothing to draw. */
function isEmpty({ calls, dial }: Pick<CardSnapshot, 'calls' | 'dial'>): boolean {
  return calls.length === 0 && dial === undefined
}

function clear({ card }: Page): void {
  if (typeof card === 'object') card.postMessage(NOTHING_TO_DRAW)
}

async function inject({ tabId, documentId }: Page): Promise<void> {
  const target = { tabId, documentIds: [documentId] }
  await within(PAGE_TIMEOUT_MS, browser.scripting.executeScript({ target, files: ['/card.js'] }))
}

function order(port: Port, message: PageOrder): void {
  port.postMessage(message)
}
