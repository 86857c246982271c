import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CARD_PORT, PAGE_PORT } from '../../../../entrypoints/lib/contract/ports.ts'
import { MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'

vi.mock('wxt/browser', () => ({
  browser: {
    runtime: { id: 'ringside' },
    permissions: { contains: async () => true },
    scripting: { executeScript: async ({ target }: { target: { documentIds: string[] } }) => injected.push(target) },
  },
}))
vi.stubGlobal('location', { origin: 'chrome-extension://ringside' })

const { createPages } = await import('../../../../entrypoints/background/pages/pages.ts')
type Port = Parameters<ReturnType<typeof createPages>['connect']>[0]

let injected: unknown[]
/** Documents whose numbers are read, by tab. */
let read: Map<number, string>
let readings: number
let pages: ReturnType<typeof createPages>

beforeEach(() => {
  injected = []
  read = new Map()
  readings = 0
  pages = createPages({
    onCard: () => undefined,
    onPage: () => undefined,
    onCalls: ({ tabId, documentId }, hasCalls) => {
      const isReading = read.get(tabId) === documentId
      if (hasCalls && !isReading) {
        read.set(tabId, documentId)
        readings += 1
      }
      if (!hasCalls && isReading) read.delete(tabId)
    },
  })
  draw()
})

function draw(): void {
  pages.draw(() => ({ calls: [{ isSample: false } as never], lostSinceMs: undefined, place: undefined }))
}

/** A port as Chrome hands it over, and the other end of it. */
function open(name: string, documentId: string, tabId = 1) {
  const hears: ((message: unknown) => void)[] = []
  const ends: (() => void)[] = []
  const told: unknown[] = []
  const port = {
    name,
    sender: {
      id: 'ringside',
      frameId: 0,
      documentId,
      tab: { id: tabId, incognito: false },
      origin: 'https://crm.example.com',
    },
    onMessage: { addListener: (listener: (message: unknown) => void) => hears.push(listener) },
    onDisconnect: { addListener: (listener: () => void) => ends.push(listener) },
    postMessage: (message: unknown) => told.push(message),
    disconnect: () => undefined,
  } as unknown as Port
  pages.connect(port)
  return {
    told,
    isSeen: () => {
      for (const hear of hears) hear({ type: 'visibility', isVisible: true, hasFocus: true })
    },
    end: () => {
      for (const end of ends) end()
    },
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the documents of a tab', () => {
  it('are one: what lies aside for "back" has no say in what is read and where the card is', async () => {
    const first = open(PAGE_PORT, 'record')
    first.isSeen()
    await settled()
    // Put aside: its port is dead, and nobody told.
    const second = open(PAGE_PORT, 'list')
    second.isSeen()
    await settled()
    expect([...read]).toEqual([[1, 'list']])
    readings = 0
    for (let times = 0; times < 5; times++) draw()
    // What the first one had still on its way.
    first.isSeen()
    first.end()
    await settled()
    expect([readings, ...read]).toEqual([0, [1, 'list']])

    open(PAGE_PORT, 'record').isSeen()
    await settled()
    expect([...read]).toEqual([[1, 'record']])
  })

  it('are forgotten with their last port, whichever goes last', async () => {
    const page = open(PAGE_PORT, 'record')
    const card = open(CARD_PORT, 'record')
    page.isSeen()
    await settled()
    expect([...read]).toEqual([[1, 'record']])
    page.end()
    expect(pages.isInSight()).toBe(false)
    expect([...read]).toEqual([[1, 'record']])
    card.end()
    expect([...read]).toEqual([])
    const before = card.told.length
    draw()
    expect(card.told).toHaveLength(before)
  })

  it('stay when a port comes again before the old one is known to have ended', async () => {
    const before = open(PAGE_PORT, 'record')
    const again = open(PAGE_PORT, 'record')
    again.isSeen()
    await settled()
    before.end()
    expect(pages.isInSight()).toBe(true)
    expect([...read]).toEqual([[1, 'record']])
  })
})

describe('a page', () => {
  it('is told which run of the worker its port leads to, the same each time', () => {
    const [first, second] = [open(PAGE_PORT, 'record', 1), open(PAGE_PORT, 'list', 2)]
    expect(first.told[0]).toEqual({ type: 'hello', run: expect.stringMatching(/./) })
    expect(second.told[0]).toEqual(first.told[0])
  })
})

describe('a card that was brought', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('and has not come is brought once more, and then with the next drawing', async () => {
    open(PAGE_PORT, 'record').isSeen()
    await settled()
    draw()
    expect(injected).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2 * SECOND_MS)
    expect(injected).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(injected).toHaveLength(2)
    draw()
    expect(injected).toHaveLength(3)
  })

  it('and has come is not', async () => {
    open(PAGE_PORT, 'record').isSeen()
    await settled()
    const card = open(CARD_PORT, 'record')
    await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(injected).toHaveLength(1)
    expect(card.told).toHaveLength(1)
  })
})
