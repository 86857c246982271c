import { beforeEach, describe, expect, it } from 'vitest'
import { createMatches, type Matches } from '../../../../entrypoints/background/crm/matches.ts'
import type { ShownPage } from '../../../../entrypoints/background/crm/page-numbers.ts'
import type { PageFacts } from '../../../../entrypoints/background/pages/open-pages.ts'
import type { CrmEdits } from '../../../../entrypoints/lib/crm/site.ts'
import type { CallRow, SeenRecord } from '../../../../entrypoints/lib/store/schema.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'
import { buildRow } from '../../lib/store/row.ts'

const ADA = 'tel:+14085550123'
const NOW_MS = Date.parse('2026-03-02T09:00:00Z')

const ROW = buildRow({
  telephonySessionId: 's-1',
  phase: 'ringing',
  phaseSinceMs: NOW_MS,
  startedMs: NOW_MS,
  name: 'Ada Winter',
  phoneNumber: '+14085550123',
  numberKey: ADA,
  outcome: undefined,
  active: 1,
})
const { numberKey: _, ...UNNUMBERED } = ROW
const WITHHELD: CallRow = { ...UNNUMBERED, phoneNumber: undefined, name: undefined }

const HERE: PageFacts = { tabId: 1, documentId: 'd-1', origin: 'https://acme.zendesk.com', isIncognito: false }
const user = (id: number) => `https://acme.zendesk.com/agent/users/${id}`

let shown: Map<number, ShownPage>
let seen: SeenRecord[]
let edits: CrmEdits
let rows: CallRow[]
let done: string[]
let clock: ManualClock
let matches: Matches

beforeEach(() => {
  shown = new Map()
  seen = []
  edits = {}
  rows = [ROW]
  done = []
  clock = createManualClock(NOW_MS)
  matches = createMatches({
    country: 'US',
    pages: { of: (tabId) => shown.get(tabId), all: () => [...shown.values()] },
    edits: () => edits,
    seen: {
      of: (key) => seen.filter(({ numberKey }) => numberKey === key),
      keep: async (record) => void seen.unshift(record),
      retain: () => {},
    },
    calls: () => rows,
    choose: async (id, url) => void done.push(`choose ${id} ${url}`),
    tabs: {
      show: async (tabId) => void done.push(`show ${tabId}`),
      open: async (url, besideTabId) => void done.push(`open ${url} beside ${besideTabId}`),
    },
    clock,
  })
})

function show(tabId: number, url: string, keys: readonly string[] = [], title = `Tab ${tabId}`): void {
  shown.set(tabId, { tabId, url, title, isIncognito: false, keys: new Set(keys) })
}

/** The same tab, in an incognito window. */
function hide(tabId: number): void {
  const page = shown.get(tabId)
  if (page !== undefined) shown.set(tabId, { ...page, isIncognito: true })
}

const record = (url: string, title: string, seenMs = NOW_MS): SeenRecord => ({ numberKey: ADA, url, title, seenMs })

describe('the page that a card is on', () => {
  it('is not spoken of before it has been read', () => {
    expect(matches.of(ROW, HERE)).toBeUndefined()
  })

  it('shows the number, or does not', () => {
    show(1, user(1), [ADA])
    expect(matches.of(ROW, HERE)).toEqual({ isThisPage: true, records: [], canSearch: true, crmName: 'Zendesk' })
    show(1, user(1), ['tel:+14085550124'])
    expect(matches.of(ROW, HERE)).toMatchObject({ isThisPage: false, canSearch: true })
  })

  it('never shows a withheld number, and has nothing to search for', () => {
    show(1, user(1), [ADA])
    expect(matches.of(WITHHELD, HERE)).toMatchObject({ isThisPage: false, records: [], canSearch: false })
  })

  it('is searched by name when only that is known', () => {
    show(1, user(1))
    expect(matches.of({ ...WITHHELD, name: 'Ada Winter' }, HERE)).toMatchObject({ canSearch: true })
  })

  it('of a site that nobody knows cannot be searched, until the person says how', () => {
    show(1, 'http://localhost:1/contacts')
    expect(matches.of(ROW, HERE)).toMatchObject({ canSearch: false, crmName: 'localhost' })
    edits = { 'http://localhost/*': { search: '{origin}/find?q={digits}' } }
    expect(matches.of(ROW, HERE)).toMatchObject({ canSearch: true })
  })
})

describe('other records', () => {
  it('are the ones in other tabs that show the number, and those seen before', () => {
    show(1, user(1))
    show(2, `${user(2)}/tickets`, [ADA], 'Ada Winter')
    show(3, user(3), ['tel:+442079460018'])
    show(4, 'https://acme.zendesk.com/agent/filters/7', [ADA])
    seen = [record(user(5), 'Harbor Couriers'), record(user(2), 'Ada, long ago')]
    expect(matches.of(ROW, HERE)?.records).toEqual([
      { url: user(2), title: 'Ada Winter', isChosen: false },
      { url: user(5), title: 'Harbor Couriers', isChosen: false },
    ])
  })

  it('do not count the page itself', () => {
    show(1, `${user(1)}?tab=2`, [ADA])
    show(2, user(1), [ADA])
    seen = [record(user(1), 'Ada Winter')]
    expect(matches.of(ROW, HERE)).toMatchObject({ isThisPage: true, records: [] })
  })

  it('are any page of a site whose records nobody knows', () => {
    show(1, 'http://localhost:1/contacts')
    show(2, 'http://localhost:1/contacts/ada-winter', [ADA], 'Ada Winter')
    expect(matches.of(ROW, HERE)?.records).toMatchObject([{ url: 'http://localhost:1/contacts/ada-winter' }])
  })

  it('have the chosen one first, and are never too many', () => {
    show(1, user(1))
    seen = Array.from({ length: 9 }, (_, index) => record(user(10 + index), `Record ${index}`))
    const records = matches.of({ ...ROW, chosenUrl: user(18) }, HERE)?.records
    expect(records?.map(({ url, isChosen }) => [url, isChosen])).toEqual([
      [user(18), true],
      [user(10), false],
      [user(11), false],
      [user(12), false],
      [user(13), false],
    ])
  })
})

describe('going to a record', () => {
  beforeEach(() => {
    show(1, user(1))
    seen = [record(user(5), 'Harbor Couriers')]
  })

  it('opens it beside the page, and says that it was chosen', async () => {
    await matches.open(ROW, user(5), HERE)
    expect(done).toEqual([`choose s-1 ${user(5)}`, `open ${user(5)} beside 1`])
  })

  it('remembers what was chosen at once, if it is a record', async () => {
    show(7, `${user(7)}/requested`, [ADA], 'Ada Winter')
    show(8, 'http://localhost:1/contacts/ada-winter', [ADA])
    await matches.open(ROW, user(7), HERE)
    await matches.open(ROW, 'http://localhost:1/contacts/ada-winter', HERE)
    expect(seen.map(({ url }) => url)).toEqual([user(7), user(5)])
  })

  it('goes to the tab where it is open', async () => {
    show(7, `${user(5)}/requested`, [ADA])
    await matches.open(ROW, user(5), HERE)
    expect(done).toEqual([`choose s-1 ${user(5)}`, 'show 7'])
  })

  it('goes nowhere else', async () => {
    await matches.open(ROW, 'https://evil.example/', HERE)
    await matches.open(ROW, user(6), HERE)
    await matches.open(WITHHELD, user(5), HERE)
    await matches.open(ROW, user(5), { ...HERE, tabId: 99 })
    expect(done).toEqual([])
  })
})

describe('searching', () => {
  it("opens the CRM's search beside the page", async () => {
    show(1, user(1))
    await matches.search(ROW, HERE)
    expect(done).toEqual(['open https://acme.zendesk.com/agent/search/1?type=user&q=%2B14085550123 beside 1'])
  })

  it('does nothing where there is nothing to search for', async () => {
    show(1, user(1))
    await matches.search(WITHHELD, HERE)
    await matches.search(ROW, { ...HERE, tabId: 99 })
    expect(done).toEqual([])
  })
})

describe('a page in an incognito window', () => {
  it('is not offered outside such windows, and opens what was seen there without a trace', async () => {
    show(1, user(1))
    show(2, user(2), [ADA], 'Ada Winter')
    hide(2)
    expect(matches.of(ROW, HERE)?.records).toEqual([])
    seen = [record(user(3), 'Harbor Couriers')]
    await matches.open(ROW, user(3), { ...HERE, tabId: 2 })
    expect(done).toEqual([`open ${user(3)} beside 2`])
    expect(seen).toHaveLength(1)
  })
})

describe('what is remembered', () => {
  const wait = () => clock.advance(3000)

  it('is a record that has shown the number for a while', () => {
    show(1, `${user(1)}/tickets?x=1`, [ADA], 'Ada Winter')
    matches.refresh()
    expect(clock.waits()).toEqual([3000])
    wait()
    expect(seen).toEqual([{ numberKey: ADA, url: user(1), title: 'Ada Winter', seenMs: NOW_MS + 3000 }])
    matches.refresh()
    expect(clock.waits()).toEqual([])
  })

  it('is nothing of an incognito window', () => {
    show(1, user(1), [ADA], 'Ada Winter')
    hide(1)
    matches.refresh()
    wait()
    expect(seen).toEqual([])
  })

  it('is not one that the page has left while it still showed the number', () => {
    show(1, user(1), [ADA], 'Ada Winter')
    matches.refresh()
    show(1, user(2), [ADA], 'Ada Winter')
    matches.refresh()
    show(1, user(2), ['tel:+442079460018'], 'Priya Natarajan')
    matches.refresh()
    expect(clock.waits()).toEqual([])
    expect(seen).toEqual([])
  })

  it('is no page that is no record, and no number but that of a call', () => {
    show(1, 'https://acme.zendesk.com/agent/search/1', [ADA])
    show(2, 'http://localhost:1/contacts/ada-winter', [ADA])
    show(3, user(3), ['tel:+442079460018'])
    matches.refresh()
    expect(clock.waits()).toEqual([])
    rows = [WITHHELD]
    show(1, user(1), [ADA])
    matches.refresh()
    expect(clock.waits()).toEqual([])
  })

  it('is nothing any more when it ends', () => {
    show(1, user(1), [ADA])
    matches.refresh()
    matches.close()
    expect(clock.waits()).toEqual([])
  })
})
