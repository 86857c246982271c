import type { Own } from '../resources.ts'

/** Something that there can be much of, and what a unit of work costs with so much of it. */
export interface Dimension {
  /** What there is more and more of. */
  readonly name: string
  /** What is done, in words that go after "µs". */
  readonly works: readonly string[]
  /** Three powers of ten, the smallest first. */
  readonly sizes: readonly number[]
  /** µs that one unit of each of the works takes, measured once in a process that has done nothing else. */
  measure(size: number, own: Own): Promise<readonly number[]>
}

/** What one work costs, in the order of the sizes: µs a unit, one value a round. */
export interface Grown {
  readonly name: string
  readonly work: string
  readonly sizes: readonly number[]
  readonly costs: readonly (readonly number[])[]
}

/** By how much a unit may cost more at the largest size than at the smallest where all of them cost n log n. */
export function logGrowth(sizes: readonly number[]): number {
  return Math.log10(sizes.at(-1) ?? 1) / Math.log10(sizes[0] ?? 1)
}
