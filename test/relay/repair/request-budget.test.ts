import { expect, it } from 'vitest'
import { createRequestBudget } from '../../../relay/repair/request-budget.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createManualClock } from '../../support/manual-clock.ts'

it('gives so many in any minute, and says when the next is free', () => {
  const clock = createManualClock()
  const budget = createRequestBudget({ clock, requestsPerMinute: 3 })
  expect(budget.take(0)).toBe(0)
  clock.advance(10 * SECOND_MS)
  expect([budget.take(0), budget.take(0)]).toEqual([0, 0])
  expect(budget.take(0)).toBe(50 * SECOND_MS)
  clock.advance(50 * SECOND_MS)
  expect(budget.take(0)).toBe(0)
  expect(budget.take(0)).toBe(10 * SECOND_MS)
})

it('never gives more than the limit within a minute, whenever it is asked', () => {
  const clock = createManualClock()
  const budget = createRequestBudget({ clock, requestsPerMinute: 5 })
  const takenAtMs: number[] = []
  for (let second = 0; second < 600; second += 1) {
    if (budget.take(second % 2) === 0) takenAtMs.push(clock.nowMs())
    clock.advance(SECOND_MS)
  }
  for (const [index, atMs] of takenAtMs.entries()) {
    expect((takenAtMs[index + 5] ?? Number.POSITIVE_INFINITY) - atMs).toBeGreaterThanOrEqual(MINUTE_MS)
  }
  expect(takenAtMs.length).toBeGreaterThanOrEqual(48)
})

it('who needs it less leaves some to the others', () => {
  const budget = createRequestBudget({ clock: createManualClock(), requestsPerMinute: 3 })
  expect(budget.take(2)).toBe(0)
  expect(budget.take(2)).toBeGreaterThan(0)
  expect([budget.take(0), budget.take(0)]).toEqual([0, 0])
  expect(budget.take(0)).toBeGreaterThan(0)
})

it('a clock that is set back keeps nobody waiting until then', () => {
  let nowMs = 10 * MINUTE_MS
  const budget = createRequestBudget({
    clock: { nowMs: () => nowMs, elapsedMs: () => 0, after: () => () => undefined },
    requestsPerMinute: 1,
  })
  expect(budget.take(0)).toBe(0)
  nowMs = 0
  expect(budget.take(0)).toBe(0)
})
