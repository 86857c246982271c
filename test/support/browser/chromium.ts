import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Finds a Chromium, or installs Debian's where that is allowed. Google Chrome is not taken: it ignores unpacked extensions on
 * the command line, so the product would seem to be missing from it.
 */
export function findOrInstallChromium(say: (line: string) => void): string {
  const found = findChromium()
  if (found !== undefined) return found
  if (!canInstall()) throw new Error(HOW_TO_INSTALL)
  say("No Chromium found: installing Debian's chromium package. This happens once.")
  installDebianChromium()
  const installed = findChromium()
  if (installed === undefined) throw new Error(HOW_TO_INSTALL)
  return installed
}

const HOW_TO_INSTALL =
  'No Chromium found. Install it ("sudo apt-get install chromium" on Debian and Ubuntu) or set CHROME_PATH to its binary; ' +
  'Google Chrome will not do, it ignores unpacked extensions on the command line.'

const NAMES = ['chromium', 'chromium-browser', 'ungoogled-chromium']
const PLACES = ['/snap/bin/chromium', '/Applications/Chromium.app/Contents/MacOS/Chromium']

export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env.CHROME_PATH
  if (chosen) {
    if (!isExecutable(chosen))
      throw new Error(`CHROME_PATH should be a browser's binary, but "${chosen}" cannot be run.`)
    return chosen
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES]
  return candidates.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
}

function installDebianChromium(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  try {
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, stdio: 'pipe' })
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer }
    const reason = stderr?.toString().trim().split('\n').at(-1) ?? String(error)
    throw new Error(`Debian's chromium could not be installed (${reason}). Is there a network? ${HOW_TO_INSTALL}`)
  }
}
