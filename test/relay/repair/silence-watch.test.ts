import { beforeEach, expect, it } from 'vitest'
import { SILENCE_MINUTES, watchSilence } from '../../../relay/repair/silence-watch.ts'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'

let clock: ManualClock
let lastEventAtMs: number | undefined
let isActive: boolean
let silences: number
let stop: () => void
beforeEach(() => {
  clock = createManualClock()
  lastEventAtMs = undefined
  isActive = true
  silences = 0
  stop = watchSilence({
    clock,
    lastEventAtMs: () => lastEventAtMs,
    isActive: () => isActive,
    onSilence: () => {
      silences += 1
    },
  })
})

const pass = (minutes: number) => clock.advance(minutes * MINUTE_MS)

it('tells of each quarter of an hour without an event', () => {
  pass(SILENCE_MINUTES - 1)
  expect(silences).toBe(0)
  pass(1)
  expect(silences).toBe(1)
  pass(2 * SILENCE_MINUTES)
  expect(silences).toBe(3)
})

it.each([
  ['an event', 0],
  ['an event by a clock that was set back', -HOUR_MS],
])('%s begins the time anew', (_what, offsetMs) => {
  pass(SILENCE_MINUTES - 1)
  lastEventAtMs = clock.nowMs() + offsetMs
  pass(SILENCE_MINUTES)
  expect(silences).toBe(0)
  pass(1)
  expect(silences).toBe(1)
})

it('expects nothing while the subscription is not active', () => {
  isActive = false
  pass(3 * SILENCE_MINUTES)
  isActive = true
  pass(SILENCE_MINUTES - 1)
  expect(silences).toBe(0)
})

it('ends', () => {
  stop()
  pass(2 * SILENCE_MINUTES)
  expect(silences).toBe(0)
})
