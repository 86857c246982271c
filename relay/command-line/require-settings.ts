import { decodeSettings, type Environment, type Settings } from '../config.ts'

/** The settings of an environment; throws their faults, each in a line. */
export function requireSettings(environment: Environment): Settings {
  const decoded = decodeSettings(environment)
  if (decoded.kind === 'faults') throw new Error(decoded.faults.join('\n'))
  return decoded.settings
}
