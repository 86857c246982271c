import { OUTCOMES } from '../../../shared/call/outcome.ts'
import { compactNumbers } from '../../../shared/metrics/compact-numbers.ts'
import type { Distribution } from '../../../shared/metrics/distribution.ts'
import { TALLIED_FIGURES } from '../../../shared/metrics/figures.ts'
import type { Tally } from '../../../shared/metrics/tally.ts'
import type { PackedDay, StoredDay } from './schema.ts'

/**
 * Days are stored as one list of numbers each: a year of tallies is two million characters of names and numbers, and to read them as
 * objects takes four times as long. What stands where follows from the figures and outcomes that there are, so `TALLY_FORM` in
 * day-context.ts counts up with every change of it.
 */

const COUNTS = ['calls', 'answered', 'missed', 'offered', 'estimates'] as const satisfies readonly (keyof Tally)[]

export function packDay({ hours, ...day }: StoredDay): PackedDay {
  const numbers = hours.flatMap(({ hour, tally }) => [
    hour,
    ...COUNTS.map((name) => tally[name]),
    ...OUTCOMES.map((outcome) => tally.outcomes[outcome]),
    ...TALLIED_FIGURES.flatMap((name) => packTimes(tally.distributions[name])),
    ...packTimes(tally.answeredRing),
  ])
  return { ...day, packed: compactNumbers(new Float64Array(numbers)) }
}

/** A day that was counted in another way may come out as anything, and one of before days were packed without hours. */
export function unpackDay({ day, countedBy, packed = new Uint32Array() }: PackedDay): StoredDay {
  let at = 0
  const next = () => packed[at++] ?? 0
  const nextTimes = (): Distribution => {
    const sortedMs: number[] = []
    for (let left = next(); left > 0 && at < packed.length; left--) sortedMs.push(next())
    return { sortedMs }
  }
  const hours: StoredDay['hours'][number][] = []
  while (at < packed.length) {
    hours.push({
      hour: next(),
      tally: {
        ...readEach(COUNTS, next),
        outcomes: readEach(OUTCOMES, next),
        distributions: readEach(TALLIED_FIGURES, nextTimes),
        answeredRing: nextTimes(),
      },
    })
  }
  return { day, ...(countedBy !== undefined && { countedBy }), hours }
}

function packTimes({ sortedMs }: Distribution): readonly number[] {
  return [sortedMs.length, ...sortedMs]
}

function readEach<Name extends string, T>(names: readonly Name[], read: () => T): Record<Name, T> {
  const each = {} as Record<Name, T>
  for (const name of names) each[name] = read()
  return each
}
