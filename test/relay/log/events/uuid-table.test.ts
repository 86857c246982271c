import { expect, it } from 'vitest'
import { createUuidTable, hashUuid } from '../../../../relay/log/events/uuid-table.ts'

it('finds every position that is kept, and few others', () => {
  let oldest = 1
  const table = createUuidTable(() => oldest)
  const uuidOf = (position: number) => `f6d3a1e0-0000-4000-8000-${position}`
  for (let position = 1; position <= 30_000; position++) {
    table.add(hashUuid(uuidOf(position)), position)
    // Forgets on the way, as a log does.
    oldest = Math.max(1, position - 9999)
  }
  for (let position = 20_001; position <= 30_000; position++) {
    expect(table.find(hashUuid(uuidOf(position)))).toContain(position)
  }
  for (let position = 1; position <= 20_000; position += 100) {
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
