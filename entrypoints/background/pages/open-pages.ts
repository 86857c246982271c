import { type Browser, browser } from 'wxt/browser'
import { isOwnPage } from './own-pages.ts'
import { siteOrigin } from './site-origin.ts'

export type Port = Browser.runtime.Port

/** One document in a tab; a navigation makes another. */
export interface PageFacts {
  readonly tabId: number
  readonly documentId: string
  readonly origin: string
  /** Whether it is in an incognito window: then nothing of it may be kept. */
  readonly isIncognito: boolean
}

/** After the worker was ended, its two ports come back in any order. */
export interface Page extends PageFacts {
  port: Port | undefined
  isVisible: boolean
  /** Asked of Chrome when the page comes: its scripts live on after a grant was taken back. */
  isGranted: boolean
  card: Port | 'none' | 'coming'
}

/** The documents that our scripts run in, and the one that was looked at last. */
export interface OpenPages {
  /** The page that a port comes from, from now on among the open ones; `undefined`: it comes from nobody we know. */
  from(port: Port): Page | undefined
  all(): readonly Page[]
  get(documentId: string): Page | undefined
  /** Whether a page is still open: one that was forgotten may have something on its way. */
  has(page: Page): boolean
  /** With its last port a page has gone: after the worker was ended they come back one by one. */
  forgetWithoutPorts(page: Page): void
  /** The page that was looked at last. */
  lookedAt(): Page | undefined
  /** A page can be seen, or no longer; `hasFocus`: and the keys go to it. */
  see(page: Page, isVisible: boolean, hasFocus: boolean): void
  /** The small script of a page has gone. */
  losePort(page: Page): void
  /** Asks Chrome again whether a page's site is granted. */
  applyGrant(page: Page): Promise<void>
}

export interface OpenPagesOptions {
  readonly onGone: (page: Page) => void
  /** Whether the page's site is granted is known, perhaps again. */
  readonly onGrant: (page: Page) => void
}

export function createOpenPages({ onGone, onGrant }: OpenPagesOptions): OpenPages {
  const pages = new Map<string, Page>()
  let lookedAt: string | undefined

  function forget(page: Page): void {
    pages.delete(page.documentId)
    if (lookedAt === page.documentId) lookedAt = undefined
    onGone(page)
  }

  function has(page: Page): boolean {
    return pages.get(page.documentId) === page
  }

  async function applyGrant(page: Page): Promise<void> {
    page.isGranted = isOwnPage(page) || (await browser.permissions.contains({ origins: [`${page.origin}/*`] }))
    if (has(page)) onGrant(page)
  }

  function forgetWithoutPorts(page: Page): void {
    if (has(page) && page.port === undefined && typeof page.card !== 'object') forget(page)
  }

  return {
    from: ({ sender }) => {
      // Ports of other senders than our own scripts in the top frame of a tab are nobody we know.
      if (sender?.id !== browser.runtime.id || sender.frameId !== 0) return undefined
      const { documentId, documentLifecycle, tab } = sender
      const origin = siteOrigin(sender)
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
      void applyGrant(page)
      return page
    },
    all: () => [...pages.values()],
    get: (documentId) => pages.get(documentId),
    has,
    forgetWithoutPorts,
    lookedAt: () => (lookedAt === undefined ? undefined : pages.get(lookedAt)),
    see: (page, isVisible, hasFocus) => {
      page.isVisible = isVisible
      if (isVisible && (hasFocus || lookedAt === undefined)) lookedAt = page.documentId
    },
    losePort: (page) => {
      page.port = undefined
      page.isVisible = false
      if (lookedAt === page.documentId) lookedAt = undefined
      forgetWithoutPorts(page)
    },
    applyGrant,
  }
}
