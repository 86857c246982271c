import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../..', import.meta.url).pathname

/**
 * What a test file leaves behind in its process for the next: modules and timers that are not what they are elsewhere, and a
 * database that is everybody's.
 */
const NEEDS_ITS_OWN = /\bvi\.(?:doMock|mock|resetModules|useFakeTimers)\(|'fake-indexeddb\/auto'/
/** Other processes do its work. */
const STARTS_RELAYS = /\bstart(?:RelayProcess|FaultScene|RedisScene)\(/
const FAULTS = 'test/relay/faults/'

/** Test files that run otherwise than the rest, as paths from the root of the project. */
export interface SpecialFiles {
  /** Those that need a process of their own. */
  readonly alone: string[]
  /** Those that start relays as processes and mostly wait for them. */
  readonly relays: string[]
}

export function findSpecialFiles(): SpecialFiles {
  const alone: string[] = []
  const relays: string[] = []
  for (const path of globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/browser/**'] })) {
    const text = readFileSync(join(root, path), 'utf8')
    if (NEEDS_ITS_OWN.test(text)) alone.push(path)
    else if (path.startsWith(FAULTS) || STARTS_RELAYS.test(text)) relays.push(path)
  }
  return { alone, relays }
}
