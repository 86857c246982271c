import { numberKey } from '../../../shared/number/key.ts'
import { readNumber } from '../../../shared/number/read.ts'
import type { NumberCandidate } from '../../lib/ports.ts'

/**
 * The keys of the numbers that a page shows. A link or a field says that it is a number, also a short extension; text only
 * looks like one, and has to be a valid number of the world's plan as somebody in `country` (ISO 3166) reads it.
 */
export function readPageKeys(candidates: readonly NumberCandidate[], country: string): ReadonlySet<string> {
  return new Set(candidates.flatMap(({ text, source }) => (source === 'text' ? keyOfText : keyOf)(text, country)))
}

function keyOf(text: string, country: string): readonly string[] {
  const { key } = numberKey(text, country)
  return key === undefined ? [] : [key]
}

function keyOfText(text: string, country: string): readonly string[] {
  const read = readNumber(text, country)
  return read.kind === 'number' && read.number.isValid() ? keyOf(text, country) : []
}
