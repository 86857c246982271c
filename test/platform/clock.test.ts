import { afterAll, expect, test, vi } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { createClock } from './clock.ts'

const stopped = new AbortController()
afterAll(() => stopped.abort())

test('what falls due while time passes happens in order, each at its own moment', async () => {
  const clock = createClock(() => 1_000, new AbortController().signal)
  const seen: string[] = []
  const note = (name: string) => async () => {
    seen.push(`${name} at ${clock.nowMs()}`)
  }
  clock.at(5_000, note('last'))
  clock.at(2_000, async () => {
    await note('first')()
    clock.at(3_000, note('second'))
  })
  clock.at(9_000, note('never'))
  clock.at(4_000, note('cancelled'))()
  await clock.pass(7_000)
  expect(seen).toEqual(['first at 2000', 'second at 3000', 'last at 5000'])
  expect(clock.nowMs()).toBe(8_000)
})

test('real time brings things due as well', async () => {
  const clock = createClock(Date.now, stopped.signal)
  const act = vi.fn(async () => {})
  clock.at(clock.nowMs() + 20, act)
  await eventually(() => expect(act).toHaveBeenCalledOnce())
})
