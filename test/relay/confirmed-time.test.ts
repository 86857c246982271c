import { beforeEach, expect, it } from 'vitest'
import { type ConfirmedTime, createConfirmedTime } from '../../relay/confirmed-time.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'

let clock: ManualClock
let time: ConfirmedTime
let startMs: number
beforeEach(() => {
  clock = createManualClock()
  time = createConfirmedTime(clock)
  startMs = clock.nowMs()
})

it('is never late enough to end anything before RingCentral has said what time it is', () => {
  expect(time.earliestMs()).toBe(Number.NEGATIVE_INFINITY)
  expect(time.nowMs()).toBe(startMs)
})

it('is the machine’s clock while RingCentral’s says about the same', () => {
  time.confirm(startMs - 4 * MINUTE_MS)
  clock.advance(HOUR_MS)
  expect(time.earliestMs()).toBe(startMs + HOUR_MS)
  expect(time.nowMs()).toBe(startMs + HOUR_MS)
})

it.each([
  ['four days ahead', 4 * DAY_MS],
  ['thirty-one days ahead', 31 * DAY_MS],
])('goes on as before when the machine’s clock jumps %s, and when it is set right', (_what, jumpMs) => {
  time.confirm(startMs)
  clock.jump(jumpMs)
  clock.advance(MINUTE_MS)
  expect([time.nowMs(), time.earliestMs()]).toEqual([startMs + MINUTE_MS, startMs + MINUTE_MS])
  clock.jump(-jumpMs)
  expect([time.nowMs(), time.earliestMs()]).toEqual([startMs + MINUTE_MS, startMs + MINUTE_MS])
})

it('ends nothing early for a machine whose clock is behind, or for an answer that is dated years ahead', () => {
  time.confirm(startMs + 365 * DAY_MS)
  expect(time.earliestMs()).toBe(startMs)
  expect(time.nowMs()).toBe(startMs + 365 * DAY_MS)
})

it('is put right by the next answer', () => {
  time.confirm(startMs)
  clock.jump(4 * DAY_MS)
  time.confirm(clock.nowMs())
  expect(time.earliestMs()).toBe(startMs + 4 * DAY_MS)
})

it('takes no notice of an answer that is dated as neither clock says', () => {
  time.confirm(startMs)
  clock.advance(HOUR_MS)
  time.confirm(startMs - 4 * DAY_MS)
  expect([time.nowMs(), time.earliestMs()]).toEqual([startMs + HOUR_MS, startMs + HOUR_MS])
  time.confirm(startMs + 4 * DAY_MS)
  expect([time.nowMs(), time.earliestMs()]).toEqual([startMs + HOUR_MS, startMs + HOUR_MS])
})
