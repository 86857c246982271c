import { decodeSettings, type Environment, SETTINGS } from '../config.ts'
import type { Administration } from './administration.ts'
import { connectToRelay } from './running-relay.ts'
import { withStoppedRelay } from './stopped-relay.ts'

/** Asks the relay that runs on the data folder, and without one opens the folder itself. */
export async function administer<T>(
  environment: Environment,
  complain: (line: string) => void,
  use: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { name, defaultText = '' } = SETTINGS.dataFolder
  const running = await connectToRelay(environment[name]?.trim() || defaultText)
  if (running !== undefined) return use(running)
  const decoded = decodeSettings(environment)
  if (decoded.kind === 'faults') throw new Error(decoded.faults.join('\n'))
  return withStoppedRelay(decoded.settings, complain, use)
}
