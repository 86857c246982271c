import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RingCommand } from '../../../entrypoints/lib/contract/ring.ts'
import { KNOCK_MS, RING_PERIOD_MS } from '../../../entrypoints/ring-sound/compose.ts'
import { createPlayer, type Player, type RoutedContext } from '../../../entrypoints/ring-sound/player.ts'

/** What the browser makes sounds of, with a clock that stands still. */
class Source {
  readonly loop: boolean
  onended: (() => void) | null = null
  stopsAtS: number | undefined
  constructor(_: unknown, { loop }: { readonly loop: boolean }) {
    this.loop = loop
    sources.push(this)
  }
  connect(): void {}
  start(): void {}
  stop(atS = 0): void {
    this.stopsAtS = atS
    if (atS === 0) this.onended?.()
  }
}
class Gain {
  readonly gain = {
    setTargetAtTime: (level: number) => {
      gain = level
    },
  }
  connect(): void {}
}
class Buffer {
  copyToChannel(): void {}
}

let sources: Source[]
let gain: number
let outputs: string[]
let overs: number
let player: Player
/** Those that are not connected. */
let missing: readonly string[]
const context = {
  currentTime: 100,
  sampleRate: 8000,
  destination: {},
  setSinkId: async (id: string) => {
    outputs.push(id)
    if (missing.includes(id)) throw new DOMException('No such device.', 'NotFoundError')
  },
}

beforeEach(() => {
  vi.stubGlobal('AudioBufferSourceNode', Source)
  vi.stubGlobal('GainNode', Gain)
  vi.stubGlobal('AudioBuffer', Buffer)
  sources = []
  gain = 0
  outputs = []
  overs = 0
  missing = []
  context.currentTime = 100
  player = createPlayer(context as unknown as RoutedContext, () => {
    overs += 1
  })
})

const command = (changes: Partial<RingCommand> = {}): RingCommand => ({
  sound: 'ring',
  volumePercent: 50,
  outputId: '',
  mostMs: 10_000,
  ...changes,
})

describe('a ring', () => {
  it('goes on and on, and ends by itself where nobody repeats it', async () => {
    await player.play(command())
    expect(sources).toMatchObject([{ loop: true, stopsAtS: 110 }])
    context.currentTime = 105
    await player.play(command())
    expect(sources).toMatchObject([{ loop: true, stopsAtS: 115 }])
    sources[0]?.onended?.()
    expect(overs).toBe(1)
  })

  it('fades within a moment when it is ended, and is over then', async () => {
    await player.play(command())
    player.end()
    expect(gain).toBe(0)
    expect(sources[0]?.stopsAtS).toBeCloseTo(100.02)
    expect(overs).toBe(0)
    sources[0]?.onended?.()
    expect(overs).toBe(1)
  })

  it('does not begin after it was ended', async () => {
    player.end()
    expect(overs).toBe(1)
    await player.play(command())
    expect(sources).toEqual([])
  })

  it('takes the place of whatever sounds, of which that is not the end', async () => {
    await player.play(command({ sound: 'once' }))
    await player.play(command())
    expect(sources.map(({ stopsAtS }) => stopsAtS)).toEqual([0, 110])
    expect(overs).toBe(0)
  })
})

it.each([
  ['once', RING_PERIOD_MS],
  ['knock', KNOCK_MS],
] as const)('%s sounds one time, however often it is told', async (sound, lastsMs) => {
  await player.play(command({ sound }))
  context.currentTime = 100.5
  await player.play(command({ sound, volumePercent: 100 }))
  expect(sources).toMatchObject([{ loop: false, stopsAtS: 100 + lastsMs / 1000 }])
  expect(gain).toBe(1)
})

it('is as loud as it is told, by the ear', async () => {
  await player.play(command())
  expect(gain).toBe(0.25)
})

describe('the output', () => {
  it('is the one that was chosen, and is set once', async () => {
    await player.play(command({ outputId: 'desk' }))
    await player.play(command({ outputId: 'desk' }))
    expect(outputs).toEqual(['desk'])
  })

  it('is the usual one where that one is not connected: the call is heard', async () => {
    missing = ['desk']
    await player.play(command({ outputId: 'desk' }))
    expect(outputs).toEqual(['desk', ''])
    expect(sources).toHaveLength(1)
  })
})
