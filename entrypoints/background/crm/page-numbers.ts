import { type Browser, browser } from 'wxt/browser'
import { NUMBERS_PORT, type NumbersMessage, type NumbersReport } from '../../lib/contract/ports.ts'
import { PAGE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import { readPageKeys } from './page-keys.ts'

type Port = Browser.runtime.Port

/**
 * Which phone numbers the open pages show, while there is a call to compare them with. Numbers of pages are held here only,
 * for as long as they are shown: they are neither stored nor logged nor sent anywhere.
 */
export interface PageNumbers {
  /** Takes on a port of the reading script; `false` when it is none. */
  connect(port: Port): boolean
  /** Has a page read from now on. */
  read(page: PageFacts): void
  /** Lets a page be. */
  rest(page: PageFacts): void
  restAll(): void
  /** The person's country is another: reads what the pages show again. */
  readAgain(): void
  /** What the page in a tab shows; `undefined` until it has been read. */
  of(tabId: number): ShownPage | undefined
  all(): readonly ShownPage[]
}

export interface ShownPage {
  readonly tabId: number
  readonly url: string
  readonly title: string
  /** Whether it is in an incognito window. */
  readonly isIncognito: boolean
  /** Of the numbers that it shows, in all its frames; see `numberKey`. */
  readonly keys: ReadonlySet<string>
}

export interface PageNumbersOptions {
  /** Country (ISO 3166) whose number format the user types now. */
  readonly country: () => string
  /** What is known of some page has changed. */
  readonly onChange: () => void
}

interface ReadTab {
  readonly documentId: string
  readonly isIncognito: boolean
  readonly frames: Map<Port, Frame>
  /** Put together from the frames when it is asked for. */
  shown: ShownPage | undefined
  timer: ReturnType<typeof setTimeout> | undefined
}

interface Frame {
  readonly report: NumbersReport
  readonly keys: ReadonlySet<string>
  readonly isTop: boolean
}

/** The card goes first; and frames of one page that load together are found together. */
const DELAY_MS = 50

export function createPageNumbers({ country, onChange }: PageNumbersOptions): PageNumbers {
  const tabs = new Map<number, ReadTab>()

  /** Brings the script into every frame that has none yet. */
  function bring(tabId: number, tab: ReadTab): void {
    clearTimeout(tab.timer)
    tab.timer = setTimeout(() => {
      inject(tabId).catch(() => {
        // The page went away meanwhile, or its grant did.
        if (tabs.get(tabId) === tab && tab.frames.size === 0) tabs.delete(tabId)
      })
    }, DELAY_MS)
  }

  function end(tabId: number): void {
    const tab = tabs.get(tabId)
    if (tab === undefined) return
    tabs.delete(tabId)
    clearTimeout(tab.timer)
    for (const port of tab.frames.keys()) port.disconnect()
  }

  function connectFrame(port: Port, tabId: number, tab: ReadTab, isTop: boolean): void {
    tab.frames.set(port, { report: NOTHING_READ, keys: new Set(), isTop })
    port.onMessage.addListener((message: NumbersMessage) => {
      if (message.type === 'frames') bring(tabId, tab)
      else {
        tab.frames.set(port, { report: message, keys: readPageKeys(message.candidates, country()), isTop })
        invalidate(tab)
      }
    })
    port.onDisconnect.addListener(() => {
      tab.frames.delete(port)
      if (tabs.get(tabId) !== tab) return
      if (isTop) end(tabId)
      // Another document has come into the frame, or the frame has gone.
      else bring(tabId, tab)
      invalidate(tab)
    })
  }

  function describe(tabId: number): ShownPage | undefined {
    const tab = tabs.get(tabId)
    if (tab !== undefined) tab.shown ??= combine(tabId, tab)
    return tab?.shown
  }

  function invalidate(tab: ReadTab): void {
    tab.shown = undefined
    onChange()
  }

  return {
    connect: (port) => {
      if (port.name !== NUMBERS_PORT) return false
      const { id, tab, frameId, documentId } = port.sender ?? {}
      const read = tab?.id === undefined ? undefined : tabs.get(tab.id)
      const isTop = frameId === 0
      const isAwaited = id === browser.runtime.id && read !== undefined && (!isTop || documentId === read.documentId)
      if (isAwaited && tab?.id !== undefined) connectFrame(port, tab.id, read, isTop)
      else port.disconnect()
      return true
    },
    read: ({ tabId, documentId, origin, isIncognito }) => {
      // The extension's own pages show no record, and Chrome injects nothing there.
      if (tabs.get(tabId)?.documentId === documentId || !origin.startsWith('http')) return
      end(tabId)
      const tab: ReadTab = { documentId, isIncognito, frames: new Map(), shown: undefined, timer: undefined }
      tabs.set(tabId, tab)
      bring(tabId, tab)
    },
    rest: ({ tabId, documentId }) => {
      if (tabs.get(tabId)?.documentId === documentId) end(tabId)
    },
    restAll: () => {
      for (const tabId of tabs.keys()) end(tabId)
    },
    readAgain: () => {
      for (const tab of tabs.values()) {
        for (const [port, frame] of tab.frames) {
          tab.frames.set(port, { ...frame, keys: readPageKeys(frame.report.candidates, country()) })
        }
        invalidate(tab)
      }
    },
    of: describe,
    all: () => [...tabs.keys()].flatMap((tabId) => describe(tabId) ?? []),
  }
}

function combine(tabId: number, tab: ReadTab): ShownPage | undefined {
  const frames = [...tab.frames.values()]
  const top = frames.find(({ isTop, report }) => isTop && report !== NOTHING_READ)
  if (top === undefined) return undefined
  const { url, title } = top.report
  const { isIncognito } = tab
  return { tabId, url, title, isIncognito, keys: new Set(frames.flatMap(({ keys }) => [...keys])) }
}

const NOTHING_READ: NumbersReport = { type: 'numbers', url: '', title: '', candidates: [] }

async function inject(tabId: number): Promise<void> {
  const injected = browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    files: ['/page-numbers.js'],
    // A page that goes on loading for long is read as far as it has come.
    injectImmediately: true,
  })
  await within(PAGE_TIMEOUT_MS, injected)
}
