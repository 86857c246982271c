import { existsSync } from 'node:fs'

/** Adds the settings of `.env` in the working folder, if there is one, to the environment; what is set there already stays. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile()
}
