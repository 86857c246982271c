import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RingCommand } from '../../../../entrypoints/lib/contract/ring.ts'

/** As Chrome has it: one page at most, which opens its port while it is being created. */
const chrome = {
  closeDocument: async () => {
    if (open === undefined) throw new Error('No current offscreen document.')
    log.push('closed')
    open.end()
  },
  createDocument: async () => {
    if (open !== undefined) throw new Error('Only a single offscreen document may be created.')
    log.push('created')
    await onCreate()
    page.connect(openPort())
  },
}

vi.mock('wxt/browser', () => ({ browser: { offscreen: chrome } }))
const { createRingPage } = await import('../../../../entrypoints/background/ring/ring-page.ts')
type Page = ReturnType<typeof createRingPage>
type Port = Parameters<Page['connect']>[0]

let page: Page
/** What Chrome was asked for, and what the page was told. */
let log: unknown[]
let open: { end(): void } | undefined
/** What happens while Chrome is at it. */
let onCreate: () => Promise<void> | void

beforeEach(() => {
  page = createRingPage()
  log = []
  open = undefined
  onCreate = () => undefined
})

function openPort(): Port {
  const ends: (() => void)[] = []
  const end = () => {
    open = undefined
    for (const one of ends) one()
  }
  open = { end }
  return {
    postMessage: ({ sound }: RingCommand) => log.push(sound),
    // The page closes itself when it has lost its port; only the other end is told of that.
    disconnect: () => {
      log.push('let go')
      open = undefined
    },
    onDisconnect: { addListener: (listener: () => void) => ends.push(listener) },
  } as unknown as Port
}

const command = (sound: RingCommand['sound']): RingCommand => ({
  sound,
  volumePercent: 60,
  outputId: '',
  mostMs: 10_000,
})
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the page of the ring sound', () => {
  it('is opened for a sound and let go with it', async () => {
    page.play(command('ring'))
    await settled()
    page.stop()
    await settled()
    expect(log).toEqual(['created', 'ring', 'let go'])
  })

  it('is one, whatever is to sound in it', async () => {
    page.play(command('once'))
    page.play(command('ring'))
    await settled()
    page.play(command('knock'))
    await settled()
    expect(log.filter((one) => one === 'created')).toHaveLength(1)
    expect(log.at(-1)).toBe('knock')
    expect(page.sound()).toBe('knock')
  })

  it('makes no sound where that was called off while it was being opened', async () => {
    onCreate = () => page.stop()
    page.play(command('ring'))
    await settled()
    expect(log).toEqual(['created', 'let go'])
  })

  it('sounds where that was called off and wanted again meanwhile', async () => {
    onCreate = () => {
      page.stop()
      page.play(command('ring'))
    }
    page.play(command('once'))
    await settled()
    expect(log.at(-1)).toBe('ring')
    expect(open).toBeDefined()
  })

  it('knows when it has sounded once, and opens anew after that', async () => {
    page.play(command('once'))
    await settled()
    open?.end()
    expect(page.sound()).toBeUndefined()
    page.play(command('once'))
    await settled()
    expect(log).toEqual(['created', 'once', 'created', 'once'])
  })

  it('takes the place of one that a worker of before has left', async () => {
    openPort()
    page.play(command('ring'))
    await settled()
    expect(log).toEqual(['closed', 'created', 'ring'])
  })

  it('is let go at once where nobody waits for it: it comes from a worker of before', async () => {
    page.connect(openPort())
    expect(log).toEqual(['let go'])
  })

  it('is tried again after Chrome has refused it', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    onCreate = () => Promise.reject(new Error('no room'))
    page.play(command('ring'))
    await settled()
    expect(page.sound()).toBeUndefined()
    expect(warn).toHaveBeenCalledOnce()
    onCreate = () => undefined
    page.play(command('ring'))
    await settled()
    expect(log.at(-1)).toBe('ring')
  })
})
