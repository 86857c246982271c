import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ASKED_MS,
  createSampleCall,
  ENDED_MS,
  HOLDS_MS,
  RINGS_MS,
  type SampleCall,
  TALKS_MS,
} from '../../../../entrypoints/background/sample/sample-call.ts'
import { createSampleCaller } from '../../../../entrypoints/lib/caller/sample-caller.ts'
import { formatNumber } from '../../../../shared/number/format.ts'
import { createManualClock, type ManualClock } from '../../../support/manual-clock.ts'

let clock: ManualClock
const onShown = vi.fn()
const onOpenRecord = vi.fn()
let call: SampleCall
let isInUse: boolean

beforeEach(() => {
  clock = createManualClock(Date.UTC(2026, 5, 1, 12))
  isInUse = false
  onShown.mockClear()
  call = createSampleCall({
    telephonySessionId: 'sample-1',
    caller: createSampleCaller('Robin Sample', 'US'),
    country: 'US',
    clock,
    isInUse: () => isInUse,
    onShown,
    onOpenRecord,
  })
  call.begin()
})

const pass = (ms: number) => clock.advance(ms)

const act = (kind: 'decline' | 'hold' | 'resume' | 'hangUp') =>
  call.handle({ type: 'act', telephonySessionId: 'sample-1', action: { kind } })

describe('the sample call', () => {
  it('rings, is answered, held, taken up again and over, with exact figures, and then goes', () => {
    expect(call.shown()?.row).toMatchObject({ phase: 'ringing', name: 'Robin Sample', phoneNumber: '+14155550142' })
    pass(RINGS_MS)
    expect(call.shown()?.row.phase).toBe('talking')
    pass(TALKS_MS)
    expect(call.shown()?.row.phase).toBe('onHold')
    pass(HOLDS_MS)
    expect(call.shown()?.row.phase).toBe('talking')
    pass(TALKS_MS)
    expect(call.shown()?.row).toMatchObject({
      phase: 'ended',
      outcome: 'answered',
      ringMs: RINGS_MS,
      talkMs: 2 * TALKS_MS,
      holdMs: HOLDS_MS,
      twoWayTalkMs: 2 * TALKS_MS,
      isEstimate: false,
    })
    onShown.mockClear()
    pass(ENDED_MS)
    expect(call.shown()).toBeUndefined()
    expect(onShown).toHaveBeenCalledOnce()
    expect(clock.waits()).toEqual([])
  })

  it('takes less than half a minute where nobody does anything', () => {
    expect(RINGS_MS + 2 * TALKS_MS + HOLDS_MS).toBeGreaterThan(15_000)
    expect(RINGS_MS + 2 * TALKS_MS + HOLDS_MS).toBeLessThan(25_000)
  })

  it('is declined when the person declines it', () => {
    expect(call.shown()?.kinds).toEqual(['answer', 'decline'])
    pass(2000)
    expect(act('decline')).toBe(true)
    expect(call.shown()).toMatchObject({ row: { phase: 'ended', outcome: 'rejected', ringMs: 2000 }, kinds: [] })
  })

  it('is held, taken up and hung up when the person does so, and does not hold by itself again', () => {
    pass(RINGS_MS)
    act('hold')
    expect(call.shown()).toMatchObject({ row: { phase: 'onHold' }, kinds: ['resume', 'hangUp'] })
    act('resume')
    expect(call.shown()).toMatchObject({ row: { phase: 'talking' }, kinds: ['hold', 'hangUp'] })
    pass(ASKED_MS)
    expect(call.shown()?.row.phase).toBe('ended')
  })

  it('is answered when the person answers it, and then leaves them time for a note', () => {
    pass(2000)
    call.handle({ type: 'act', telephonySessionId: 'sample-1', action: { kind: 'answer', deviceId: 'sample' } })
    expect(call.shown()).toMatchObject({ row: { phase: 'talking', ringMs: 2000 }, kinds: ['hold', 'hangUp'] })
    pass(ASKED_MS - 1)
    expect(call.shown()?.row.phase).toBe('talking')
    pass(1)
    expect(call.shown()?.row.phase).toBe('onHold')
  })

  it('leads to the record of who calls', () => {
    call.handle({ type: 'openRecord', telephonySessionId: 'sample-1', url: 'chrome-extension://ringside/welcome.html' })
    expect(onOpenRecord).toHaveBeenCalledOnce()
  })

  it('does nothing that it does not offer', () => {
    act('hangUp')
    expect(call.shown()?.row.phase).toBe('ringing')
  })

  it('keeps what is written down, folds, and goes when it is put away', () => {
    call.handle({ type: 'note', telephonySessionId: 'sample-1', note: { text: 'blue', tags: ['VIP'] } })
    call.handle({ type: 'fold', telephonySessionId: 'sample-1', isFolded: true })
    expect(call.shown()).toMatchObject({ note: { text: 'blue', tags: ['VIP'] }, row: { isFolded: true } })
    call.handle({ type: 'dismiss', telephonySessionId: 'sample-1' })
    expect(call.shown()).toBeUndefined()
    expect(clock.waits()).toEqual([])
  })

  it('leaves other calls to others', () => {
    expect(call.handle({ type: 'dismiss', telephonySessionId: 's-1' })).toBe(false)
    expect(call.handle({ type: 'suggest', telephonySessionId: 'another', query: 'bea' })).toBe(false)
    expect(call.shown()?.row.phase).toBe('ringing')
  })
})

describe('its caller', () => {
  it.each([
    ['US', '(415) 555-0142'],
    ['DE', '030 23125142'],
    ['GB', '020 7946 0142'],
    ['FR', '+1 415 555 0142'],
  ])('has a number in %s that reads as people there write it', (country, text) => {
    expect(formatNumber(createSampleCaller('Robin Sample', country).phoneNumber, country)?.text).toBe(text)
  })

  it('stays while somebody uses its card, and goes in its time after that', () => {
    act('decline')
    isInUse = true
    pass(3 * ENDED_MS)
    call.stop()
    expect(call.shown()?.row.phase).toBe('ended')
    isInUse = false
    call.release()
    pass(ENDED_MS - 1)
    expect(call.shown()).toBeDefined()
    pass(1)
    expect(call.shown()).toBeUndefined()
  })
})
