import { createRandom } from '../../support/random.ts'

/** What is left to chance in an invented day; the same seed brings the same chances. */
export interface Chances {
  /** True with the given probability (0 to 1). */
  happens(probability: number): boolean
  between(min: number, max: number): number
  pick<Item>(items: readonly Item[]): Item | undefined
  /** A wait whose end does not depend on how long it has lasted: what arrives by itself comes after such waits. */
  wait(meanMs: number): number
  /** A length most of which are near the median and a few several times as long, as conversations are. */
  length(medianMs: number, bounds: { readonly minMs: number; readonly maxMs: number }): number
}

/** `spread` of a conversation's length: the standard deviation of its logarithm. */
const SPREAD = 0.75

export function createChances(seed: number): Chances {
  const next = createRandom(seed)
  /** The sum of twelve uniform numbers is normal enough. */
  const normal = () => Array.from({ length: 12 }, next).reduce((sum, one) => sum + one, -6)
  return {
    happens: (probability) => next() < probability,
    between: (min, max) => min + next() * (max - min),
    pick: (items) => items[Math.floor(next() * items.length)],
    wait: (meanMs) => Math.round(-Math.log(1 - next()) * meanMs),
    length: (medianMs, { minMs, maxMs }) =>
      Math.round(Math.min(maxMs, Math.max(minMs, medianMs * Math.exp(SPREAD * normal())))),
  }
}

/** A seed of its own for each of many, all from one. */
export function deriveSeed(seed: number, index: number): number {
  return Math.imul(seed ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b) >>> 0
}
