import { createRandom as createUniform } from '../../support/random.ts'

/** A source of numbers that look random and are the same for the same seed. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean
}

export function createRandom(seed: number): Random {
  const next = createUniform(seed)
  return {
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    chance: (probability) => next() < probability,
  }
}
