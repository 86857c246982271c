import { openLmdbEnvironment, TABLES } from './environment.lmdb.ts'
import { checkRecord } from './sealed-record.ts'

/**
 * Reads every record of a log folder once and compares its checksum. A program of its own: a damaged data file ends the
 * process that maps it by a signal that nothing catches, so it must be another process than the relay. Takes the folder
 * as its argument; ends with status 0 when all is well and with 1 after a sentence on standard error.
 */
const [folder = ''] = process.argv.slice(2)
try {
  const environment = openLmdbEnvironment(folder)
  for (const name of TABLES) {
    for (const { value } of environment[name].getRange({})) checkRecord(value)
  }
  await environment.close()
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
