import { parseNumber } from './parse.ts'

/**
 * The country or territory that a number belongs to, as ISO 3166; `undefined` for what is no number of the world's numbering
 * plan, and for numbers that belong to none, such as international freephone.
 */
export function numberRegion(raw: string | undefined, country: string): string | undefined {
  const read = parseNumber(raw, country)
  return read.kind === 'number' ? read.number.country : undefined
}
