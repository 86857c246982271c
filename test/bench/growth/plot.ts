import { median } from '../statistics.ts'
import { type Grown, logGrowth } from './dimension.ts'

/** Columns of the longest bar. */
const BAR_WIDTH = 32
/** Below this a cost is the same at every size: measurements of one and the same differ by as much. */
const FLAT = 1.5

/** How costs grow, as a small table with a bar for each size; a dimension's longest bar is its dearest size. */
export function plotGrowth(all: readonly Grown[]): string {
  return all.map(plotOne).join('\n\n')
}

function plotOne({ name, work, sizes: all, costs }: Grown): string {
  const medians = costs.map(median)
  const most = Math.max(...medians)
  const sizes = all.map((size) => size.toLocaleString('en'))
  const sizeWidth = Math.max(...sizes.map(({ length }) => length))
  const texts = medians.map((cost) => cost.toFixed(2))
  const textWidth = Math.max(...texts.map(({ length }) => length))
  const lines = sizes.map((size, index) => {
    const bar = '█'.repeat(Math.max(1, Math.round(((medians[index] ?? 0) / most) * BAR_WIDTH)))
    return `  ${size.padStart(sizeWidth)}  ${texts[index]?.padStart(textWidth)} µs  ${bar}`
  })
  const growth = (medians.at(-1) ?? 0) / (medians[0] ?? 1)
  return [`${name}, ${work}: × ${growth.toFixed(2)}, ${judge(growth, all)}`, ...lines].join('\n')
}

function judge(growth: number, sizes: readonly number[]): string {
  if (growth <= 1 / FLAT) return 'falls'
  if (growth <= FLAT) return 'flat'
  return growth <= logGrowth(sizes) ? 'within n log n' : 'WORSE THAN n log n'
}
