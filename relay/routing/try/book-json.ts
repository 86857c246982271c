import type { NumberList, RuleBook } from '../../../shared/rules/rule.ts'

/**
 * Compiled rules as JSON, from the command line to the relay that runs beside it and is of the same version. The lists beside their
 * file are taken along, each once, however many numbers it has and however often it is used.
 */
export function encodeBook(book: RuleBook): string {
  const lists: NumberList[] = []
  const rules = JSON.stringify(book.rules, (_, value: unknown) => {
    if (!isList(value)) return asArray(value)
    if (!lists.includes(value)) lists.push(value)
    return { listAt: lists.indexOf(value) }
  })
  const numbers = JSON.stringify(lists, (_, value: unknown) => asArray(value))
  return JSON.stringify({ timeZone: book.timeZone, lists: numbers, rules })
}

/** The text must be {@link encodeBook}'s. */
export function decodeBook(text: string): RuleBook {
  const { timeZone, lists, rules } = JSON.parse(text)
  const numbers = JSON.parse(lists, asSet)
  return {
    timeZone,
    rules: JSON.parse(rules, (key, value) => (value?.listAt === undefined ? asSet(key, value) : numbers[value.listAt])),
  }
}

function isList(value: unknown): value is NumberList {
  return typeof value === 'object' && value !== null && 'keys' in value && value.keys instanceof Set
}

function asArray(value: unknown): unknown {
  return value instanceof Set ? { set: [...value] } : value
}

function asSet(_: string, value: { readonly set?: readonly unknown[] } | null): unknown {
  return Array.isArray(value?.set) ? new Set(value.set) : value
}
