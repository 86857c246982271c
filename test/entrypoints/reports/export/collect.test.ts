import { afterEach, expect, it, vi } from 'vitest'
import { collect } from '../../../../entrypoints/reports/export/collect.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

const chunks = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

it('gives everything in its order, and says nothing of how far it is while that is quick', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0)
  const onCount = vi.fn()
  expect(await collect(chunks, onCount)).toEqual(chunks)
  expect(onCount).not.toHaveBeenCalled()
})

it('says how far it is, and lets others have their turn, once it takes long', async () => {
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  let turns = 0
  const turn = setInterval(() => turns++)
  const counts: number[] = []
  function* writeSlowly() {
    for (const chunk of chunks) {
      nowMs += 200
      yield chunk
    }
  }
  expect(await collect(writeSlowly(), (count) => counts.push(count))).toEqual(chunks)
  clearInterval(turn)
  // Half a second has gone with the third chunk.
  expect(counts).toEqual([3, 4, 5, 6, 7, 8])
  expect(turns).toBeGreaterThan(0)
})
