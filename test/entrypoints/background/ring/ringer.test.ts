import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRinger, RINGS_ALONE_MS, type Ringer } from '../../../../entrypoints/background/ring/ringer.ts'
import type { HeardCall } from '../../../../entrypoints/background/ring/select-ring.ts'
import type { RingCommand } from '../../../../entrypoints/lib/contract/ring.ts'
import type { RingSettings } from '../../../../entrypoints/lib/settings/settings.ts'
import type { Phase } from '../../../../shared/call/view.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'

const OFF: RingSettings = { isOn: false, volumePercent: 60, output: undefined }
const ON: RingSettings = { ...OFF, isOn: true }

let calls: readonly HeardCall[]
let isSampleRinging: boolean
/** All that the page was told; `stop` is that it is to be silent. */
let told: (RingCommand | 'stop')[]
let sounding: RingCommand | undefined
let clock: ManualClock
let ringer: Ringer
let change: (settings: RingSettings) => void

const page = {
  play: (command: RingCommand) => {
    told.push(command)
    sounding = command
  },
  stop: () => {
    told.push('stop')
    sounding = undefined
  },
  sound: () => sounding?.sound,
}

async function begin(settings: RingSettings): Promise<void> {
  ringer = createRinger({
    settings: {
      fallback: OFF,
      getValue: async () => settings,
      watch: (listener) => {
        change = listener
        return () => undefined
      },
    },
    calls: () => calls,
    isSampleRinging: () => isSampleRinging,
    page,
    clock,
  })
  await settled()
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

beforeEach(async () => {
  calls = []
  isSampleRinging = false
  told = []
  sounding = undefined
  clock = createManualClock()
  await begin(ON)
})

const call = (phase: Phase, changes: Partial<HeardCall> = {}): HeardCall => ({
  telephonySessionId: 'a',
  direction: 'Inbound',
  isDismissed: false,
  phase,
  ...changes,
})

function become(...next: readonly HeardCall[]): void {
  calls = next
  ringer.look()
}

describe('a call that rings', () => {
  it('is heard, for as long as it rings', () => {
    become(call('ringing'))
    expect(sounding).toEqual({ sound: 'ring', volumePercent: 60, outputId: '', mostMs: RINGS_ALONE_MS })
    become(call('talking'))
    expect(told.at(-1)).toBe('stop')
  })

  it.each([
    ['is answered here', [call('talking')]],
    ['is over', [call('ended')]],
    ['goes to the voicemail', [call('voicemail')]],
    ['is put away', [call('ringing', { isDismissed: true })]],
    ['is nobody’s any more, or nobody knows', []],
  ])('is silent as soon as it %s', (_, next) => {
    become(call('ringing'))
    become(...next)
    expect(sounding).toBeUndefined()
    clock.advance(RINGS_ALONE_MS)
    expect(told).toHaveLength(2)
  })

  it('is told again in time for as long as it rings, and no longer', () => {
    become(call('ringing'))
    clock.advance(3 * RINGS_ALONE_MS)
    const rings = told.length
    // Each ring ends by itself before the third of them: none is missed if one comes late.
    expect(rings).toBe(1 + 3 * 2)
    calls = []
    clock.advance(3 * RINGS_ALONE_MS)
    expect(told).toHaveLength(rings)
  })

  it('is told once where the cards are drawn again and again', () => {
    become(call('ringing'))
    for (let times = 0; times < 5; times++) ringer.look()
    expect(told).toHaveLength(1)
  })

  it('sounds again where its page was taken away', () => {
    become(call('ringing'))
    sounding = undefined
    ringer.look()
    expect(sounding).toMatchObject({ sound: 'ring' })
  })

  it('is one sound with another that rings too, and goes on for the one that is left', () => {
    become(call('ringing'))
    become(call('ringing', { telephonySessionId: 'b' }), call('ringing'))
    become(call('ringing', { telephonySessionId: 'b' }), call('ended'))
    expect(told).toHaveLength(1)
    become(call('ended', { telephonySessionId: 'b' }))
    expect(told.at(-1)).toBe('stop')
  })

  it('is not heard where nobody has asked for that', async () => {
    await begin(OFF)
    become(call('ringing'))
    expect(told).toEqual([])
  })

  it.each<[string, HeardCall]>([
    ['one that the person makes', call('calling', { direction: 'Outbound' })],
    ['one that waits in a parking place', call('parked')],
    ['one that a machine has', call('voicemail')],
  ])('is none: %s', (_, other) => {
    become(other)
    expect(told).toEqual([])
  })

  it('is heard beside a call that is parked or leaves a message: nobody is talked to', () => {
    become(call('ringing'), call('parked', { telephonySessionId: 'b' }), call('voicemail', { telephonySessionId: 'c' }))
    expect(sounding).toMatchObject({ sound: 'ring' })
  })

  it('is heard when it is the sample', () => {
    isSampleRinging = true
    ringer.look()
    expect(sounding).toMatchObject({ sound: 'ring' })
    isSampleRinging = false
    ringer.look()
    expect(sounding).toBeUndefined()
  })
})

describe('the setting', () => {
  it('silences at once, and lets ring at once what rings', () => {
    become(call('ringing'))
    change(OFF)
    expect(sounding).toBeUndefined()
    change(ON)
    expect(sounding).toMatchObject({ sound: 'ring' })
  })

  it('changes what sounds already', () => {
    become(call('ringing'))
    change({ ...ON, volumePercent: 20, output: { id: 'desk', name: 'Loudspeaker' } })
    expect(sounding).toMatchObject({ sound: 'ring', volumePercent: 20, outputId: 'desk' })
  })
})

describe('somebody who is on the phone', () => {
  const other = call('ringing', { telephonySessionId: 'b' })

  it.each<[string, HeardCall]>([
    ['talks', call('talking')],
    ['has somebody on hold', call('onHold')],
    ['calls somebody', call('calling', { direction: 'Outbound' })],
    ['talks to a machine', call('voicemail', { direction: 'Outbound' })],
  ])('hears a knock at half the volume, once, where they %s', (_, mine) => {
    become(mine)
    ringer.tell(other, ['ringing'])
    become(mine, other)
    ringer.tell(other, ['improved'])
    expect(told).toEqual([expect.objectContaining({ sound: 'knock', volumePercent: 30 })])
  })

  it('hears nothing of one that begins to talk, is missed or only gets its name', () => {
    become(call('talking'))
    for (const news of ['improved', 'answered', 'missed', 'ended'] as const) ringer.tell(other, [news])
    ringer.tell(call('calling', { telephonySessionId: 'b', direction: 'Outbound' }), ['calling'])
    expect(told).toEqual([])
  })

  it('hears it ring once they have hung up', () => {
    become(call('talking'), other)
    become(call('ended'), other)
    expect(sounding).toMatchObject({ sound: 'ring' })
  })

  it('has the ring ended by the answer of another call', () => {
    become(call('ringing'), other)
    become(call('talking'), other)
    expect(sounding).toBeUndefined()
  })

  it('has no knock that outlasts its call', () => {
    become(call('talking'))
    ringer.tell(other, ['ringing'])
    become(call('talking'), call('ended', { telephonySessionId: 'b' }))
    expect(told.at(-1)).toBe('stop')
  })

  it('hears no knock where the sound is off', async () => {
    await begin(OFF)
    become(call('talking'))
    ringer.tell(other, ['ringing'])
    expect(told).toEqual([])
  })
})

describe('a try', () => {
  it('plays it once, whether it is on or off, and is not ended by calls that do not ring', async () => {
    await begin(OFF)
    expect(ringer.playOnce()).toBeUndefined()
    become(call('talking'))
    expect(told).toEqual([expect.objectContaining({ sound: 'once', volumePercent: 60 })])
  })

  it('gives way to a call', () => {
    ringer.playOnce()
    become(call('ringing'))
    expect(sounding).toMatchObject({ sound: 'ring' })
  })

  it('is not needed while a call rings', () => {
    become(call('ringing'))
    expect(ringer.playOnce()).toBe('ringing')
    expect(told).toHaveLength(1)
  })
})

it('rings exactly while it is on, a call rings and nobody is on the phone, whatever happens in between', () => {
  const phases: readonly Phase[] = ['ringing', 'calling', 'talking', 'onHold', 'parked', 'voicemail', 'ended']
  const someCall = fc.record({
    telephonySessionId: fc.constantFrom('a', 'b', 'c'),
    phase: fc.constantFrom(...phases),
    direction: fc.constantFrom('Inbound' as const, 'Outbound' as const),
    isDismissed: fc.boolean(),
  })
  const step = fc.oneof(
    fc.record({ calls: fc.uniqueArray(someCall, { selector: (one) => one.telephonySessionId }) }),
    fc.record({ isOn: fc.boolean() }),
    fc.record({ passMs: fc.integer({ min: 1, max: 2 * RINGS_ALONE_MS }) }),
    fc.constant('try' as const),
    fc.constant('pageGone' as const),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let isOn = false
      change(OFF)
      become()
      for (const one of steps) {
        if (one === 'try') ringer.playOnce()
        else if (one === 'pageGone') sounding = undefined
        else if ('passMs' in one) clock.advance(one.passMs)
        else if ('isOn' in one) {
          isOn = one.isOn
          change({ ...OFF, isOn })
        } else become(...one.calls)
        // As the cards are drawn after each of these.
        ringer.look()
        const isBusy = calls.some(
          ({ phase, direction }) =>
            ['talking', 'onHold', 'calling'].includes(phase) || (phase === 'voicemail' && direction === 'Outbound'),
        )
        const rings = calls.some(({ phase, isDismissed }) => phase === 'ringing' && !isDismissed)
        expect(sounding?.sound === 'ring').toBe(isOn && rings && !isBusy)
      }
    }),
  )
})
