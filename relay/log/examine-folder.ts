import { openLmdbEnvironment, TABLES } from './environment.lmdb.ts'
import { type EventHead, type LogState, STATE_KEY } from './event-log.lmdb.ts'
import { checkRecord, openHead } from './sealed-record.ts'

/**
 * Reads every record of a log folder once, compares its checksum, and looks whether anything is missing: between the oldest
 * event and the head, in the indexes, or of the commits that were counted. A program of its own: a damaged data file ends
 * the process that maps it by a signal that nothing catches, so it must be another process than the relay. Takes the folder
 * and the least number of commits as its arguments; ends with status 0 when all is well and with 1 after a sentence on
 * standard error.
 */
const [folder = '', leastCommits = '0'] = process.argv.slice(2)

async function examine(): Promise<void> {
  const environment = openLmdbEnvironment(folder)
  const { events, uuids, sessions, records } = environment
  let eventCount = 0
  let uuidCount = 0
  let lastPosition: number | undefined
  for (const { key, value } of events.getRange({})) {
    if (lastPosition !== undefined && key !== lastPosition + 1) fail('events are missing in the middle')
    const { uuid } = openHead(key, value) as EventHead
    if (uuid !== null) uuidCount += 1
    eventCount += 1
    lastPosition = key
  }
  for (const name of TABLES) {
    if (name === 'events') continue
    for (const { key, value } of environment[name].getRange({})) checkRecord(key, value)
  }
  const stored = records.get(STATE_KEY)
  const head = stored === undefined ? 0 : (openHead(STATE_KEY, stored) as LogState).head
  if (lastPosition !== undefined && lastPosition !== head) fail('the newest events are missing')
  if (countKeys(sessions) !== eventCount) fail('the index of sessions does not match the events')
  if (countKeys(uuids) !== uuidCount) fail('the index of uuids does not match the events')
  if (environment.commits < Number(leastCommits)) fail('the last commits are missing')
  await environment.close()
}

function countKeys(table: { getCount(options: object): number }): number {
  return table.getCount({})
}

function fail(sentence: string): never {
  throw new Error(sentence)
}

try {
  await examine()
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
