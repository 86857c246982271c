import type { Environment } from './config.ts'
import { SETTINGS } from './setting-definitions.ts'

const LOOKS_LIKE_ONE = /^(?:RELAY|RINGCENTRAL)_/

/**
 * What an environment has under names like those of settings, and is none: misspelt, most of all, and without effect. One sentence
 * for each; values are not repeated.
 */
export function listUnknownSettings(environment: Environment): readonly string[] {
  const known = new Set(Object.values(SETTINGS).map(({ name }) => name))
  return Object.keys(environment)
    .filter((name) => LOOKS_LIKE_ONE.test(name) && !known.has(name))
    .map((name) => `${name} is no setting of the relay and has no effect: docs/run.md has the names of all.`)
}
