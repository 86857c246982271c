import { expect, it } from 'vitest'
import { OvertimeError, withinRunningTime } from '../../../relay/log/running-time.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { createManualClock } from '../../support/manual-clock.ts'

it('rejects after so many seconds, each of which the process has seen', async () => {
  const clock = createManualClock()
  const never = withinRunningTime(new Promise(() => undefined), 3, clock)
  clock.advance(3 * SECOND_MS)
  await expect(never).rejects.toThrow(OvertimeError)
})

it('takes a process that was stopped for one in which no time passed', async () => {
  // However much later a timer comes, it comes once.
  const timers: (() => void)[] = []
  const stopped = {
    nowMs: () => 0,
    elapsedMs: () => 0,
    after(_delayMs: number, action: () => void) {
      timers.push(action)
      return () => undefined
    },
  }
  const { promise: answer, resolve: finish } = Promise.withResolvers<string>()
  const slow = withinRunningTime(answer, 2, stopped)
  timers.shift()?.()
  finish('done')
  expect(await slow).toBe('done')
})

it('settles as what it waits for does, and leaves no timer behind', async () => {
  let timers = 0
  const counting = {
    nowMs: () => 0,
    elapsedMs: () => 0,
    after: () => {
      timers += 1
      return () => {
        timers -= 1
      }
    },
  }
  expect(await withinRunningTime(Promise.resolve(1), 2, counting)).toBe(1)
  await expect(withinRunningTime(Promise.reject(new Error('no')), 2, counting)).rejects.toThrow('no')
  expect(timers).toBe(0)
})
