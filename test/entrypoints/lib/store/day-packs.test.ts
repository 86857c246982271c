import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packDay, unpackDay } from '../../../../entrypoints/lib/store/day-packs.ts'
import type { StoredDay } from '../../../../entrypoints/lib/store/schema.ts'
import { OUTCOMES } from '../../../../shared/call/outcome.ts'
import { createDistribution } from '../../../../shared/metrics/distribution.ts'
import { TALLIED_FIGURES } from '../../../../shared/metrics/figures.ts'

const someCount = fc.nat(9)

function dayWith(someMs: fc.Arbitrary<number>): fc.Arbitrary<StoredDay> {
  const someTimes = fc.array(someMs, { maxLength: 6 }).map(createDistribution)
  const ofEach = <Name extends string, T>(names: readonly Name[], some: fc.Arbitrary<T>) =>
    fc
      .array(some, { minLength: names.length, maxLength: names.length })
      .map((all) => Object.fromEntries(names.map((name, index) => [name, all[index]])) as Record<Name, T>)
  const someTally = fc.record({
    ...{ calls: someCount, answered: someCount, missed: someCount, offered: someCount, estimates: someCount },
    outcomes: ofEach(OUTCOMES, someCount),
    distributions: ofEach(TALLIED_FIGURES, someTimes),
    answeredRing: someTimes,
  })
  return fc.record({
    day: fc.constant('2026-03-29'),
    countedBy: fc.constant('Europe/Berlin'),
    hours: fc.array(fc.record({ hour: fc.nat(23), tally: someTally }), { maxLength: 4 }),
  })
}

describe('a day that was packed', () => {
  it('is what it was', () => {
    fc.assert(
      fc.property(dayWith(fc.nat(7_200_000)), (day) => {
        expect(unpackDay(packDay(day))).toEqual(day)
      }),
    )
  })

  it('keeps times that are no whole milliseconds, or longer than any call', () => {
    const anyMs = fc.oneof(fc.nat(99), fc.double({ min: 0.1, max: 1e15, noNaN: true }))
    fc.assert(
      fc.property(dayWith(anyMs), (day) => {
        expect(unpackDay(packDay(day))).toEqual(day)
      }),
    )
  })

  it('takes four bytes a number', () => {
    fc.assert(
      fc.property(dayWith(fc.nat(7_200_000)), (day) => {
        expect(packDay(day).packed).toBeInstanceOf(Uint32Array)
      }),
    )
  })

  it('in another way is some day', () => {
    const packed = fc.array(fc.nat()).map((numbers) => Uint32Array.from(numbers))
    fc.assert(
      fc.property(packed, (numbers) => {
        expect(unpackDay({ day: 'd', packed: numbers }).day).toBe('d')
      }),
    )
  })
})
