import { expect, it } from 'vitest'
import { createPause } from '../../../relay/ringcentral/pause.ts'

let nowMs = 0
const clock = { nowMs: () => nowMs, elapsedMs: () => 0, after: () => () => undefined }

it('lasts as long as it was given, and begins anew when it is begun again', () => {
  nowMs = 1000
  const pause = createPause(clock)
  expect(pause.remainingMs).toBe(0)
  pause.begin(500)
  nowMs += 200
  expect(pause.remainingMs).toBe(300)
  pause.begin(500)
  expect(pause.remainingMs).toBe(500)
  nowMs += 500
  expect(pause.remainingMs).toBe(0)
})

it('a clock that is set back by an hour makes it last its time again, and no hour', () => {
  nowMs = 3_600_000
  const pause = createPause(clock)
  pause.begin(500)
  nowMs = 0
  expect(pause.remainingMs).toBe(500)
  nowMs += 500
  expect(pause.remainingMs).toBe(0)
})
