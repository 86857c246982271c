import { e164Key } from '../../../shared/number/e164-key.ts'
import type { NumberList, NumberPattern } from '../../../shared/rules/rule.ts'

/** A number in E.164, or with a star the beginning of one; `undefined` for what is neither. */
export function decodeNumber(text: string): Extract<NumberPattern, { kind: 'number' | 'prefix' }> | undefined {
  const [, e164] = /^(\+[1-9]\d{0,13})\*$/.exec(text) ?? []
  if (e164 !== undefined) return { kind: 'prefix', e164 }
  const key = e164Key(text)
  return key === undefined ? undefined : { kind: 'number', key }
}

/** Follows the name of what is no number, although it is spelled like one. */
export const NO_NUMBER = 'should be a possible number, but has a country code or a length that no number has'

export interface GrowingList {
  /** `false` for what is neither a number nor the beginning of one. */
  add(text: string): boolean
  readonly size: number
  complete(): NumberList
}

export function createNumberList(name: string): GrowingList {
  const keys = new Set<string>()
  const prefixes = new Set<string>()
  return {
    add(text) {
      const decoded = decodeNumber(text)
      if (decoded?.kind === 'number') keys.add(decoded.key)
      if (decoded?.kind === 'prefix') prefixes.add(decoded.e164)
      return decoded !== undefined
    },
    get size() {
      return keys.size + prefixes.size
    },
    complete: () => ({ name, keys, prefixes: listWidest(prefixes) }),
  }
}

/** Without those that begin with another, which holds for the same numbers and more. */
function listWidest(prefixes: ReadonlySet<string>): readonly string[] {
  const isCovered = (prefix: string): boolean =>
    Array.from({ length: prefix.length - 1 }, (_, length) => prefix.slice(0, length)).some((begin) =>
      prefixes.has(begin),
    )
  return [...prefixes].filter((prefix) => !isCovered(prefix)).sort((a, b) => a.length - b.length)
}
