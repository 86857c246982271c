import { type NumberKey, numberKey } from '../number/key.ts'
import type { NumberList, NumberPattern } from './rule.ts'

/** A number of the platform as patterns are held against it. RingCentral writes those of the outside world in E.164, so no country is needed. */
export function readNumber(raw: string | undefined): NumberKey {
  return numberKey(raw, '')
}

/** Whether one of the patterns is that of the number. However many numbers their lists have, it takes a few looks. */
export function matchesNumber(patterns: readonly NumberPattern[], number: NumberKey): boolean {
  return patterns.some((pattern) => {
    switch (pattern.kind) {
      case 'number':
        return pattern.key === number.key
      case 'prefix':
        return number.kind === 'number' && number.e164.startsWith(pattern.e164)
      case 'list':
        return isListed(pattern.list, number)
      case 'withheld':
        return number.kind === 'withheld'
      default:
        return false
    }
  })
}

function isListed(list: NumberList, number: NumberKey): boolean {
  if (number.key !== undefined && list.keys.has(number.key)) return true
  if (number.kind !== 'number' || list.prefixes.length === 0) return false
  const prefixes = prefixesOf(list)
  for (let length = number.e164.length; length > 0; length--)
    if (prefixes.has(number.e164.slice(0, length))) return true
  return false
}

/** A number has a dozen beginnings, a list may have thousands. */
const prefixSets = new WeakMap<NumberList, ReadonlySet<string>>()

function prefixesOf(list: NumberList): ReadonlySet<string> {
  const known = prefixSets.get(list)
  if (known !== undefined) return known
  const prefixes = new Set(list.prefixes)
  prefixSets.set(list, prefixes)
  return prefixes
}
