import { browser } from 'wxt/browser'
import { SECOND_MS } from '../../../shared/time.ts'
import {
  CARD_PORT,
  type CardCommand,
  type CardMessage,
  type CardSnapshot,
  PAGE_PORT,
  type PageCommand,
  type PageMessage,
} from '../../lib/contract/ports.ts'
import { PAGE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { createOpenPages, type Page, type PageFacts, type Port } from './open-pages.ts'
import { isOwnPage } from './own-pages.ts'
import { RUN } from './run.ts'
import { siteOrigin } from './site-origin.ts'

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
  /** Draws the cards everywhere. A page that comes later, or to the front, is drawn in the same way. */
  draw(drawing: Drawing): void
  /** Takes the cards down everywhere. */
  clear(): void
  /** Answers one card, when a page has it. */
  tell(page: PageFacts, command: CardCommand): void
  /** Hands the keys to the card on the page before the person, when there is one; `leave`: has it give them back. */
  moveFocus(to: 'focus' | 'leave'): void
  /** Whether a granted page can be seen. */
  isInSight(): boolean
  /** Brings the granted page that came last before the person, if there is one. */
  bringForward(): Promise<void>
  /** Lets the pages be, and those that come: they do not wake the worker any more. `false`: there is something to show again. */
  rest(isResting: boolean): void
  /** Takes the cards off pages whose site is no longer granted, and brings them to those whose site is again. */
  applyGrants(): void
}

/** What there is to draw on a page; `undefined` while that is not known: then the page stays as it is. */
export type Drawing = (page: PageFacts) => DrawnPage | undefined

export type DrawnPage = Omit<CardSnapshot, 'type' | 'isAnnouncing'>

export interface PagesOptions {
  readonly onCard: (message: CardMessage, page: PageFacts) => void
  /** A page has come, and somebody may be looking at it. */
  readonly onPage: () => void
  /** Whether calls are to be shown on a page, each time that is looked at. */
  readonly onCalls: (page: PageFacts, hasCalls: boolean) => void
}

export function createPages({ onCard, onPage, onCalls }: PagesOptions): Pages {
  let drawing: Drawing = () => undefined
  let isResting = false

  const pages = createOpenPages({
    onGone: (page) => {
      onCard(NOTHING_IN_USE, page)
      onCalls(page, false)
    },
    onGrant: (page) => {
      if (page.isGranted) bring(page)
      else {
        clear(page)
        onCalls(page, false)
      }
    },
  })

  function connectPage(page: Page, port: Port): void {
    page.port = port
    port.onMessage.addListener(({ isVisible, hasFocus }: PageMessage) => {
      const before = pages.lookedAt()
      pages.see(page, isVisible, hasFocus)
      // Whoever spoke before is told to be silent first.
      if (before !== undefined && before !== pages.lookedAt()) bring(before)
      bring(page)
    })
    port.onDisconnect.addListener(() => {
      if (page.port === port) pages.losePort(page)
    })
    command(port, { type: 'hello', run: RUN })
    if (isResting) command(port, { type: 'rest' })
    onPage()
  }

  function connectCard(page: Page, port: Port): void {
    page.card = port
    port.onMessage.addListener((message: CardMessage) => onCard(message, page))
    port.onDisconnect.addListener(() => {
      if (page.card !== port) return
      page.card = 'none'
      onCard(NOTHING_IN_USE, page)
      pages.forgetWithoutPorts(page)
    })
    bring(page)
  }

  /** Draws the card where it is; brings it where it is not and is needed. `isAgain`: it has been brought just now and has not come. */
  function bring(page: Page, isAgain = false): void {
    const drawn = page.isGranted && pages.has(page) ? drawing(page) : undefined
    if (drawn === undefined) return
    const hasCalls = drawn.calls.some(({ isSample }) => !isSample)
    onCalls(page, hasCalls)
    if (typeof page.card === 'object') {
      const isAnnouncing = page === pages.lookedAt()
      page.card.postMessage({ type: 'cards', isAnnouncing, ...drawn } satisfies CardCommand)
      return
    }
    // The extension's own page brings its card by itself: Chrome injects no script there.
    if (page.card === 'coming' || !page.isVisible || isEmpty(drawn) || isOwnPage(page)) return
    page.card = 'coming'
    inject(page).then(
      () => setTimeout(() => missCard(page, isAgain), CARD_COMES_MS),
      // The page went away meanwhile, its grant did, or it shows a dialog: there is nothing to show a card on for now.
      () => forgetComing(page),
    )
  }

  /** Right after an update the script may have run where the browser was about to take all scripts away: it is brought once more. */
  function missCard(page: Page, isAgain: boolean): void {
    const isMissed = forgetComing(page)
    if (isMissed && !isAgain) bring(page, true)
  }

  function tell({ documentId }: PageFacts, told: CardCommand): void {
    const card = pages.get(documentId)?.card
    if (typeof card === 'object') card.postMessage(told)
  }

  return {
    tell,
    above: (port) => findAbove(port, pages.all()),
    moveFocus: (type) => {
      const page = pages.lookedAt()
      if (page?.isVisible) tell(page, { type })
    },
    connect: (port) => {
      const page = pages.from(port)
      if (page === undefined) {
        port.disconnect()
        return
      }
      if (port.name === PAGE_PORT) connectPage(page, port)
      if (port.name === CARD_PORT) connectCard(page, port)
    },
    draw: (next) => {
      drawing = next
      for (const page of pages.all()) bring(page)
    },
    clear: () => {
      for (const page of pages.all()) clear(page)
    },
    isInSight: () => pages.all().some(({ isVisible, isGranted }) => isVisible && isGranted),
    bringForward: async () => {
      const page = pages.all().findLast(({ isGranted }) => isGranted)
      if (page === undefined) return
      const tab = await browser.tabs.update(page.tabId, { active: true })
      if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true })
    },
    rest: (next) => {
      isResting = next
      if (!isResting) return
      for (const { port } of pages.all()) if (port !== undefined) command(port, { type: 'rest' })
    },
    applyGrants: () => {
      for (const page of pages.all()) void pages.applyGrant(page)
    },
  }
}

async function findAbove({ sender }: Port, pages: readonly Page[]): Promise<PageFacts | undefined> {
  const { id, tab } = sender ?? {}
  const origin = sender && siteOrigin(sender)
  if (id !== browser.runtime.id || tab?.id === undefined || origin === undefined) return undefined
  const page = pages.find(({ tabId, isVisible }) => tabId === tab.id && isVisible)
  if (!page?.isGranted) return undefined
  const isGranted = origin === page.origin || (await browser.permissions.contains({ origins: [`${origin}/*`] }))
  return isGranted ? page : undefined
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

/** A card opens its port as soon as its script has run. */
const CARD_COMES_MS = 2 * SECOND_MS

/** Whether a card was on its way; it is to be brought again when it is needed. */
function forgetComing(page: Page): boolean {
  if (page.card !== 'coming') return false
  page.card = 'none'
  return true
}

function isEmpty({ calls, alerts = [], dial }: DrawnPage): boolean {
  return calls.length === 0 && alerts.length === 0 && dial === undefined
}

function clear({ card }: Page): void {
  if (typeof card === 'object') card.postMessage(NOTHING_TO_DRAW)
}

async function inject({ tabId, documentId }: Page): Promise<void> {
  const target = { tabId, documentIds: [documentId] }
  await within(PAGE_TIMEOUT_MS, browser.scripting.executeScript({ target, files: ['/card.js'] }))
}

function command(port: Port, message: PageCommand): void {
  port.postMessage(message)
}
