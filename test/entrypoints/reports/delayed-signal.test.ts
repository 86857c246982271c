import { signal } from '@preact/signals'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { delaySignal } from '../../../entrypoints/reports/delayed-signal.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('follows a moment later, and only the last of what came in quick succession', () => {
  const source = signal(1)
  const seen: number[] = []
  const delayed = delaySignal(source)
  delayed.subscribe((value) => seen.push(value))
  source.value = 2
  source.value = 3
  expect(seen).toEqual([1])
  vi.runAllTimers()
  expect(seen).toEqual([1, 3])
})

it('begins to wait when the work at hand is done, however long that takes', () => {
  const source = signal(1)
  const delayed = delaySignal(source)
  source.value = 2
  // The first timer that runs after the work may be long overdue.
  vi.advanceTimersToNextTimer()
  expect(delayed.value).toBe(1)
  vi.advanceTimersToNextTimer()
  vi.advanceTimersToNextTimer()
  expect(delayed.value).toBe(2)
})
