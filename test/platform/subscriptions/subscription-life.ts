import { invalidParameter } from '../api/rest-error.ts'

const DEFAULT_LIFE_S = 604_800
const MAX_LIFE_S = 315_360_000

/** The life that a request asks for, in seconds; throws the platform's refusal when it can't be had. */
export function checkLifeS(expiresIn: number | undefined): number {
  if (expiresIn === undefined) return DEFAULT_LIFE_S
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_LIFE_S) {
    throw invalidParameter('expiresIn', `a whole number of seconds from 1 to ${MAX_LIFE_S}`)
  }
  return expiresIn
}
