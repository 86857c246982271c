import { expect, it } from 'vitest'
import { createExpiringMap } from '../../../relay/people/expiring-map.ts'
import { createManualClock } from '../support/manual-clock.ts'

it('gives a value once, and not after its time', () => {
  const clock = createManualClock()
  const map = createExpiringMap<number>({ clock, lifeMs: 1000, maxEntries: 10 })
  map.put('a', 1)
  map.put('b', 2)
  clock.advance(999)
  expect([map.take('a'), map.take('a')]).toEqual([1, undefined])
  clock.advance(1)
  expect(map.take('b')).toBeUndefined()
})

it('holds so many at most: the oldest gives way', () => {
  const map = createExpiringMap<number>({ clock: createManualClock(), lifeMs: 1000, maxEntries: 2 })
  for (const [index, key] of ['a', 'b', 'c'].entries()) map.put(key, index)
  expect(['a', 'b', 'c'].map((key) => map.take(key))).toEqual([undefined, 1, 2])
})
