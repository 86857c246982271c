import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('../..', import.meta.url).pathname

/**
 * What a test file leaves behind in its process for the next: modules and timers that are not what they are elsewhere, and a
 * database that is everybody's. And whoever kills relays should not have to wonder what else there is in its own process.
 */
const NEEDS_ITS_OWN =
  /\bvi\.(?:doMock|mock|resetModules|useFakeTimers)\(|'fake-indexeddb\/auto'|\bstart(?:RelayProcess|FaultScene)\(/
const FAULTS = 'test/relay/faults/'

/** Test files that need a process of their own, as paths from the root of the project. */
export function filesAlone(): string[] {
  return globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/browser/**'] }).filter(
    (path) => path.startsWith(FAULTS) || NEEDS_ITS_OWN.test(readFileSync(join(root, path), 'utf8')),
  )
}
