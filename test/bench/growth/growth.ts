import type { Benchmark, Figure } from '../figures.ts'
import { withResources } from '../resources.ts'
import { ROUNDS } from '../rounds.ts'
import { type Dimension, type Grown, logGrowth } from './dimension.ts'
import { DIMENSIONS } from './dimensions.ts'
import { plotGrowth } from './plot.ts'

/**
 * What a unit of work costs where there is a thousand times as much of something. The floor is the cost at the smallest size, and
 * the goal that all of it costs no more than n log n. It prints a plot of its own, with the sizes in between.
 */
export const growth: Benchmark = {
  id: 'B18',
  async run(signal) {
    const all: Grown[] = []
    for (const dimension of DIMENSIONS) all.push(...(await measureGrowth(dimension, signal)))
    console.log(`${plotGrowth(all)}\n`)
    return all.map(figureOf)
  },
}

/** All sizes in each round, so that what else the machine does meets all of them. */
async function measureGrowth(dimension: Dimension, signal: AbortSignal): Promise<readonly Grown[]> {
  const { name, works, sizes } = dimension
  const rounds: (readonly (readonly number[])[])[] = []
  while (rounds.length < ROUNDS) {
    const round: (readonly number[])[] = []
    for (const size of sizes) {
      round.push(await withResources(AbortSignal.any([signal]), (own) => dimension.measure(size, own)))
    }
    rounds.push(round)
    console.error(`B18, ${name}: ${rounds.length} of ${ROUNDS} rounds`)
  }
  return works.map((work, index) => ({
    name,
    work,
    sizes,
    costs: sizes.map((_, size) => rounds.map((round) => round[size]?.[index] ?? Number.NaN)),
  }))
}

function figureOf({ name, work, sizes, costs }: Grown): Figure {
  const [smallest, largest] = [sizes[0] ?? 0, sizes.at(-1) ?? 0].map((size) => size.toLocaleString('en'))
  return {
    name: `B18 ${work}, ${largest} ${name}; floor: ${smallest}`,
    unit: 'µs',
    ours: costs.at(-1) ?? [],
    floor: costs[0] ?? [],
    goal: { of: 'ratio', atMost: Number(logGrowth(sizes).toFixed(2)) },
  }
}
