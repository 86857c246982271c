import { expect, it } from 'vitest'
import { createUuidTable, hashUuid } from '../../../../relay/log/events/uuid-table.ts'

it.each([1, 2 ** 32 - 5000, 2 ** 40])('finds every position that is kept, and few others, from %i on', (start) => {
  let oldest = start
  const table = createUuidTable(() => oldest)
  const uuidOf = (position: number) => `f6d3a1e0-0000-4000-8000-${position}`
  for (let position = start; position < start + 30_000; position++) {
    table.add(hashUuid(uuidOf(position)), position)
    // Forgets on the way, as a log does.
    oldest = Math.max(start, position - 9999)
  }
  for (let position = start + 20_000; position < start + 30_000; position++) {
    expect(table.find(hashUuid(uuidOf(position)))).toContain(position)
  }
  for (let position = start; position < start + 20_000; position += 100) {
    expect(table.find(hashUuid(uuidOf(position)))).not.toContain(position)
  }
  const others = Array.from({ length: 10_000 }, (_, index) => table.find(hashUuid(`another ${index}`)).length)
  expect(others.filter((found) => found > 0).length).toBeLessThan(5)
})

it('keeps apart what shares a hash', () => {
  const table = createUuidTable(() => 1)
  table.add(77, 1)
  table.add(77, 2)
  expect([...table.find(77)].sort()).toEqual([1, 2])
  expect(table.find(78)).toEqual([])
})
