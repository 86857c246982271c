import { type Browser, browser } from 'wxt/browser'
import {
  CARD_PORT,
  type CardMessage,
  type CardSnapshot,
  PAGE_PORT,
  type PageMessage,
  type PageOrder,
} from '../lib/ports.ts'

type Port = Browser.runtime.Port

/**
 * The CRM pages that are open: which of them can be seen, which carry the card. The card's script comes into a page when
 * there is a call to show and the page can be seen; a page that comes to the front later gets the card as it is then.
 */
export interface Pages {
  /** Takes on a port from a page, of either kind. */
  connect(port: Port): void
  /** Draws the cards anew everywhere. */
  update(): void
  /** Takes the cards down everywhere. */
  clear(): void
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
  /** What to draw; `undefined` while nothing is known. */
  readonly cards: () => CardSnapshot | undefined
  readonly isSignedIn: () => boolean
  readonly onDismiss: (telephonySessionId: string) => void
  /** A page has come, and somebody may be looking at it. */
  readonly onPage: () => void
}

/** One document in a tab; a navigation makes another. After the worker was ended, its two ports come back in any order. */
interface Page {
  readonly tabId: number
  readonly documentId: string
  readonly origin: string
  port: Port | undefined
  isVisible: boolean
  /** Asked of Chrome when the page comes: its scripts live on after a grant was taken back. */
  isGranted: boolean
  card: Port | 'none' | 'coming'
}

export function createPages({ cards, isSignedIn, onDismiss, onPage }: PagesOptions): Pages {
  const pages = new Map<string, Page>()

  function pageOf({ sender }: Port): Page | undefined {
    // Ports of other senders than our own scripts in the top frame of a tab are nobody we know.
    if (sender?.id !== browser.runtime.id || sender.frameId !== 0) return undefined
    const { documentId, tab, origin } = sender
    if (documentId === undefined || tab?.id === undefined || origin === undefined) return undefined
    const known = pages.get(documentId)
    if (known !== undefined) return known
    const where = { tabId: tab.id, documentId, origin }
    const page: Page = { ...where, port: undefined, isVisible: false, isGranted: false, card: 'none' }
    pages.set(documentId, page)
    void followGrant(page)
    return page
  }

  async function followGrant(page: Page): Promise<void> {
    page.isGranted = await browser.permissions.contains({ origins: [`${page.origin}/*`] })
    if (page.isGranted) bring(page)
    else clear(page)
  }

  function connectPage(page: Page, port: Port): void {
    page.port = port
    port.onMessage.addListener(({ isVisible }: PageMessage) => {
      page.isVisible = isVisible
      bring(page)
    })
    port.onDisconnect.addListener(() => pages.delete(page.documentId))
    if (!isSignedIn()) order(port, { type: 'rest' })
    onPage()
  }

  function connectCard(page: Page, port: Port): void {
    page.card = port
    port.onMessage.addListener(({ telephonySessionId }: CardMessage) => onDismiss(telephonySessionId))
    port.onDisconnect.addListener(() => {
      if (page.card === port) page.card = 'none'
    })
    bring(page)
  }

  /** Draws the card where it is; brings it where it is not and is needed. */
  function bring(page: Page, snapshot = cards()): void {
    if (snapshot === undefined || !page.isGranted) return
    if (typeof page.card === 'object') {
      page.card.postMessage(snapshot)
      return
    }
    if (page.card === 'coming' || !page.isVisible || snapshot.calls.length === 0) return
    page.card = 'coming'
    inject(page).catch(() => {
      // The page went away meanwhile, or its grant did: there is nothing to show a card on.
      if (page.card === 'coming') page.card = 'none'
    })
  }

  return {
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
      const snapshot = cards()
      for (const page of pages.values()) bring(page, snapshot)
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

function clear({ card }: Page): void {
  if (typeof card === 'object') card.postMessage({ type: 'cards', calls: [], lostSinceMs: undefined })
}

async function inject({ tabId, documentId }: Page): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId, documentIds: [documentId] }, files: ['/card.js'] })
}

function order(port: Port, message: PageOrder): void {
  port.postMessage(message)
}
