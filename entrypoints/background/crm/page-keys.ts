import { numberKey } from '../../../shared/number/key.ts'
import { dialWord } from '../../../shared/number/keypad.ts'
import type { NumberCandidate } from '../../lib/contract/ports.ts'
import { findParts, type Tries } from './number-parts.ts'

/**
 * The keys of the numbers that a page shows. A link or a field says that it is a number, also a short extension; text only
 * looks like one, and has to be a valid number of the world's plan as somebody in `country` (ISO 3166) reads it. Either may hold
 * several.
 */
export function readPageKeys(candidates: readonly NumberCandidate[], country: string): ReadonlySet<string> {
  const tries = { left: MAX_TRIES }
  const keys = candidates.flatMap(({ text, source }) => [
    ...(source === 'text' ? [] : keysOf([text], country)),
    ...keysInside(text, country, tries),
  ])
  return new Set(keys)
}

function keysOf(texts: readonly string[], country: string): readonly string[] {
  return texts.flatMap((text) => numberKey(text, country).key ?? [])
}

/** A usual number takes two or three, and a page shows 400 texts at most. */
const MAX_TRIES = 2000

/** What was read lately: a page is looked at again at each of its changes, and most of it is as before. */
const recent = new Map<string, readonly string[]>()
const MAX_RECENT = 2000

/** Once all tries are used up a text that was never read has no keys; when the page is looked at again it has its turn. */
function keysInside(text: string, country: string, tries: Tries): readonly string[] {
  const asked = `${country} ${text}`
  const known = recent.get(asked)
  if (known !== undefined || tries.left <= 0) return known ?? []
  const keys = keysOf(findParts(dialled(text, country), country, tries), country)
  if (tries.left <= 0) return keys
  if (recent.size >= MAX_RECENT) recent.clear()
  recent.set(asked, keys)
  return keys
}

/** `1-800-FLOWERS` in digits. */
function dialled(text: string, country: string): string {
  return dialWord(text.toLowerCase().replace(/[^a-z\d+]/g, ''), country) ?? text
}
