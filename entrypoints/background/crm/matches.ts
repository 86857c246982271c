import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { CrmRecord, RecordMatch } from '../../lib/contract/record-match.ts'
import { buildSearch, type CrmEdits, describeSite, recordOf, type Site } from '../../lib/crm/site.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { PageFacts } from '../pages/open-pages.ts'
import type { PageNumbers, ShownPage } from './page-numbers.ts'
import { describeSearch } from './search-terms.ts'
import type { SeenRecords } from './seen-records.ts'

/**
 * How the pages that are open, and those that were, go with the calls that are up: whether a page shows the other side's
 * number, which records do, and how to search for it. Numbers are the same by their key and in no other way. Of a page in an
 * incognito window nothing is kept, and nothing is told outside such windows.
 */
export interface Matches {
  /** `undefined` until the page has been read. */
  of(row: CallRow, page: PageFacts): RecordMatch | undefined
  /** Notes which records show the number of a call; after every change of what the pages show. */
  refresh(): void
  /** Goes to a record that was offered, and keeps that the person chose it. Any other address is not gone to. */
  open(row: CallRow, url: string, page: PageFacts): Promise<void>
  /** Searches the CRM of the page. */
  search(row: CallRow, page: PageFacts): Promise<void>
  close(): void
}

export interface MatchesOptions {
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  readonly pages: Pick<PageNumbers, 'of' | 'all'>
  readonly edits: () => CrmEdits
  readonly seen: SeenRecords
  /** Calls whose card is up. */
  readonly calls: () => readonly CallRow[]
  readonly choose: (telephonySessionId: string, url: string) => Promise<void>
  readonly tabs: TabOpener
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
}

/** Where records are opened. */
export interface TabOpener {
  show(tabId: number): Promise<void>
  /** In a new tab beside the one given. */
  open(url: string, besideTabId: number): Promise<void>
}

/** As many as there is room for on a card. */
const MAX_OFFERED = 5
/**
 * So long a page has to show a number at one address before that is remembered: a page that goes from record to record by
 * itself has the next address before it has the next number.
 */
const SETTLED_MS = 3 * SECOND_MS

export function createMatches(options: MatchesOptions): Matches {
  const { country, pages, seen, calls, choose, tabs, clock } = options
  /** Timers of records about to be remembered, by their content; kept once remembered. */
  const settling = new Map<string, () => void>()

  function siteOf(url: string): Site {
    return describeSite(url, options.edits())
  }

  /** The record's address, or that of a page where nobody knows what a record's address is like. */
  function offerOf({ url, title }: ShownPage): Offer | undefined {
    const site = siteOf(url)
    const record = site.recordPatterns.length === 0 ? url : recordOf(site, url)
    return record === undefined ? undefined : { url: record, title: title || site.name }
  }

  function pagesShowing(key: string): readonly ShownPage[] {
    return pages.all().filter(({ keys }) => keys.has(key))
  }

  function offersFor(row: CallRow, shown: ShownPage): readonly Offer[] {
    const key = row.numberKey
    if (key === undefined) return []
    const here = shown.keys.has(key) ? offerOf(shown)?.url : undefined
    const open = pagesShowing(key).filter((page) => page.tabId !== shown.tabId && isBeside(page, shown))
    const offers = new Map<string, Offer>()
    for (const offer of [...open.flatMap((page) => offerOf(page) ?? []), ...seen.of(key)]) {
      if (offer.url !== here && !offers.has(offer.url)) offers.set(offer.url, offer)
    }
    const isChosen = ({ url }: Offer) => Number(url === row.chosenUrl)
    return [...offers.values()].sort((a, b) => isChosen(b) - isChosen(a)).slice(0, MAX_OFFERED)
  }

  function searchFor(row: CallRow, { url }: ShownPage): string | undefined {
    return buildSearch(siteOf(url), url, describeSearch(row, country))
  }

  function describe(row: CallRow, shown: ShownPage): RecordMatch {
    return {
      isThisPage: row.numberKey !== undefined && shown.keys.has(row.numberKey),
      records: offersFor(row, shown).map(
        ({ url, title }): CrmRecord => ({ url, title, isChosen: url === row.chosenUrl }),
      ),
      canSearch: searchFor(row, shown) !== undefined,
      crmName: siteOf(shown.url).name,
    }
  }

  function isRecord(url: string): boolean {
    return recordOf(siteOf(url), url) !== undefined
  }

  /** A record that cannot be kept is not offered next time; that is all. */
  async function remember(numberKey: string, { url, title }: Offer): Promise<void> {
    await seen.keep({ numberKey, url, title, seenMs: clock.nowMs() }).catch(() => undefined)
  }

  async function keepChoice(row: CallRow, offer: Offer): Promise<void> {
    await choose(row.telephonySessionId, offer.url)
    // What the person chose is worth more than what was seen in passing.
    if (row.numberKey !== undefined && isRecord(offer.url)) await remember(row.numberKey, offer)
  }

  /** What would be remembered if the pages stayed as they are. */
  function present(): ReadonlyMap<string, () => void> {
    const keys = new Set(calls().flatMap(({ numberKey }) => numberKey ?? []))
    seen.retain(keys)
    const all = [...keys].flatMap((key) =>
      pagesShowing(key).flatMap((page): [string, () => void][] => {
        if (page.isIncognito) return []
        const url = recordOf(siteOf(page.url), page.url)
        const title = page.title
        if (url === undefined || title === '') return []
        return [[[key, page.tabId, url, title].join('\n'), () => void remember(key, { url, title })]]
      }),
    )
    return new Map(all)
  }

  return {
    of: (row, { tabId }) => {
      const shown = pages.of(tabId)
      return shown && describe(row, shown)
    },
    refresh: () => {
      const now = present()
      for (const [what, cancel] of settling) {
        if (now.has(what)) continue
        cancel()
        settling.delete(what)
      }
      for (const [what, task] of now) if (!settling.has(what)) settling.set(what, clock.after(SETTLED_MS, task))
    },
    open: async (row, url, { tabId }) => {
      const shown = pages.of(tabId)
      const offer = shown && offersFor(row, shown).find((one) => one.url === url)
      if (shown === undefined || offer === undefined) return
      if (!shown.isIncognito) await keepChoice(row, offer)
      const open = pages.all().find((page) => isBeside(page, shown) && offerOf(page)?.url === url)
      if (open === undefined) await tabs.open(url, tabId)
      else await tabs.show(open.tabId)
    },
    search: async (row, { tabId }) => {
      const shown = pages.of(tabId)
      const address = shown && searchFor(row, shown)
      if (address !== undefined) await tabs.open(address, tabId)
    },
    close: () => {
      for (const cancel of settling.values()) cancel()
      settling.clear()
    },
  }
}

/** Whether two pages may know of each other: both are in incognito windows, or neither. */
function isBeside(a: ShownPage, b: ShownPage): boolean {
  return a.isIncognito === b.isIncognito
}

interface Offer {
  readonly url: string
  readonly title: string
}
