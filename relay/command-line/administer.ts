import type { Environment } from '../config.ts'
import { SETTINGS } from '../setting-definitions.ts'
import type { Administration } from './administration.ts'
import { requireSettings } from './require-settings.ts'
import { connectToRelay } from './running-relay.ts'
import { withStoppedRelay } from './stopped-relay.ts'

/**
 * Asks the relay that runs on the data folder, and without one opens the folder itself. On Redis everybody may be at work at the
 * same time, and relays hear of what is done there.
 */
export async function administer<T>(
  environment: Environment,
  complain: (line: string) => void,
  use: (administration: Administration) => Promise<T>,
): Promise<T> {
  const { name, defaultText = '' } = SETTINGS.dataFolder
  const isOnRedis = Boolean(environment[SETTINGS.redisUrl.name]?.trim())
  const running = isOnRedis ? undefined : await connectToRelay(environment[name]?.trim() || defaultText)
  if (running !== undefined) return use(running)
  return withStoppedRelay(requireSettings(environment), complain, use)
}
