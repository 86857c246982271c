import { foldAccents } from '../../../shared/fold-accents.ts'
import type { DisplayNumber } from '../../../shared/number/format.ts'
import { formatNumber } from '../../../shared/number/format.ts'
import { numberKey } from '../../../shared/number/key.ts'
import type { Colleague } from '../../../shared/protocol/http/colleagues.ts'
import type { Suggestion } from '../../lib/contract/ports.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readLastCalls } from '../../lib/store/read.ts'
import { dialText, readTarget } from './target.ts'

/** Whom a call may be given to, by what was typed so far: colleagues, those first that were talked to, then contacts and earlier callers. */
export interface SuggestionsOptions {
  readonly store: PersonStore
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  readonly nameNumber: (number: DisplayNumber | undefined) => string
  /** Everybody of the account, by name, as far as the relay tells. */
  readonly colleagues: readonly Colleague[]
  /** The number of the call's other side, to whom nobody gives it; `undefined`: withheld, or no call is meant. */
  readonly other?: string | undefined
}

/** As many as are read at a glance. */
export const MAX_SUGGESTIONS = 6
/** Whom one talks to comes up again within so many calls. */
const CALLS_LOOKED_AT = 200
/** A thousand contacts are read in a few milliseconds; the first that match are enough. */
const CONTACTS_AT_ONCE = 1000

export async function suggest(typed: string, options: SuggestionsOptions): Promise<readonly Suggestion[]> {
  const matches = createMatcher(typed)
  const found = new Map<string, Suggestion>()
  const otherKey = numberKey(options.other, options.country).key
  const known = new Map(options.colleagues.map((one) => [numberKey(one.extensionNumber, options.country).key, one]))
  const add = (name: string | undefined, raw: string | undefined) => {
    if (name === undefined || raw === undefined || !matches(name, raw)) return
    const { key } = numberKey(raw, options.country)
    const target = readTarget(raw, options.country)
    if (key === undefined || key === otherKey || target === undefined || found.has(key)) return
    const text = options.nameNumber(formatNumber(raw, options.country))
    const presence = known.get(key)?.presence
    found.set(key, { name, to: dialText(target), text, ...(presence && { presence }) })
  }

  const calls = await readLastCalls(options.store, CALLS_LOOKED_AT)
  const isColleague = ({ phoneNumber }: { readonly phoneNumber: string | undefined }) =>
    numberKey(phoneNumber, options.country).kind === 'extension'
  for (const call of calls.filter(isColleague)) add(call.name, call.phoneNumber)
  for (const { name, extensionNumber } of options.colleagues) add(name, extensionNumber)
  // With nothing typed a list of contacts is no help: it would be the same few each time.
  if (typed.trim() !== '') await readContacts(options.store, () => found.size >= MAX_SUGGESTIONS, add)
  for (const call of calls) add(call.name, call.phoneNumber)
  return [...found.values()].slice(0, MAX_SUGGESTIONS)
}

async function readContacts(
  store: PersonStore,
  isEnough: () => boolean,
  add: (name: string, phoneNumber: string) => void,
): Promise<void> {
  let range: IDBKeyRange | undefined
  while (!isEnough()) {
    const contacts = await store.getAll('contacts', range, CONTACTS_AT_ONCE)
    for (const { name, phoneNumbers } of contacts) for (const number of phoneNumbers) add(name, number)
    const last = contacts.at(-1)
    if (last === undefined || contacts.length < CONTACTS_AT_ONCE) return
    range = IDBKeyRange.lowerBound(last.id, true)
  }
}

/** Matches when every word that was typed begins a word of the name, or when the digits typed are in the number. */
function createMatcher(typed: string): (name: string, number: string) => boolean {
  const words = wordsOf(typed)
  const isNothing = typed.trim() === ''
  const digits = typed.replace(/\D/g, '')
  const isNumber = digits !== '' && !/\p{L}/u.test(typed)
  return (name, number) => {
    if (isNumber) return number.replace(/\D/g, '').includes(digits)
    const names = wordsOf(name)
    return (isNothing || words.length > 0) && words.every((word) => names.some((one) => one.startsWith(word)))
  }
}

/** Typed and stored alike, so that `O’Brien` and a name with a hyphen are found as they are written. */
function wordsOf(text: string): readonly string[] {
  return foldAccents(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
}
