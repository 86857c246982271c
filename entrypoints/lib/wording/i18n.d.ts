/**
 * The types of `@wxt-dev/i18n`, in place of its own: those compare each call with each of the thousand messages, several times over,
 * which was three quarters of the time that the extension took to compile. Which messages there are and what each takes, `wxt prepare`
 * writes down from locales/.
 */

/** What one message takes. */
interface Features {
  substitutions: number
  plural: boolean
}

/** Nothing here says how values are given by name: a message that takes some can't be said. */
interface Plain extends Features {
  plural: false
  namedSubstitutions?: never
}

interface Bare extends Plain {
  substitutions: 0
}

interface Plural extends Features {
  plural: true
  namedSubstitutions?: never
}

/** Its one value, if it has any, is the count itself. */
interface OfCountAlone extends Plural {
  substitutions: 0 | 1
}

/** The keys of the messages that take this. One union for all calls: it is made once, and a key is looked up in it at once. */
type KeysOf<Messages, Wanted extends Features> = {
  [Key in keyof Messages]: Messages[Key] extends Wanted ? Key : never
}[keyof Messages]

type Value = string | number

/** As many values as a message takes; of several messages, as the one that takes most: the others leave out what they have no place for. */
type Values<Count extends number, Filled extends Value[] = [Value]> = [Count] extends [0]
  ? never
  : [Count] extends [0 | Filled['length']]
    ? Filled
    : Values<Exclude<Count, Filled['length']>, [...Filled, Value]>

interface Translate<Messages extends Record<keyof Messages, Features>> {
  (key: KeysOf<Messages, Bare>): string
  <Key extends KeysOf<Messages, Plain>>(key: Key, values: Values<Messages[Key]['substitutions']>): string
  (key: KeysOf<Messages, OfCountAlone>, count: number): string
  <Key extends KeysOf<Messages, Plural>>(
    key: Key,
    count: number,
    values: Values<Messages[Key]['substitutions']>,
  ): string
}

export function createI18n<Messages extends Record<keyof Messages, Features>>(): { readonly t: Translate<Messages> }
