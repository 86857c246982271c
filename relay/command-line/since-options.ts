import { AGE_FAULT, parseAge } from './age.ts'

/** What commands take that list what happened. */
export interface SinceOptions {
  /** How far back, in ms. */
  readonly sinceMs: number
  readonly isJson: boolean
}

/** `--since 24h` and `--json`; `name`: the command's. */
export function parseSince<Name extends string>(
  name: Name,
  words: readonly string[],
  usual: number,
): ({ readonly kind: Name } & SinceOptions) | { readonly kind: 'fault'; readonly sentence: string } {
  let options: SinceOptions = { sinceMs: usual, isJson: false }
  for (let at = 0; at < words.length; at++) {
    if (words[at] === '--json') options = { ...options, isJson: true }
    else if (words[at] === '--since') {
      at += 1
      const sinceMs = parseAge(words[at])
      if (sinceMs === undefined) return { kind: 'fault', sentence: AGE_FAULT }
      options = { ...options, sinceMs }
    } else {
      const sentence = `${name} should be followed by --since and --json only: npm run relay -- ${name} --since 24h --json.`
      return { kind: 'fault', sentence }
    }
  }
  return { kind: name, ...options }
}
