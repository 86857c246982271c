import { canInstallPackages, findProgram, installPackages, isExecutable } from './debian.ts'

/**
 * Finds a Chromium, or installs Debian's where that is allowed. Google Chrome is not taken: it ignores unpacked extensions on
 * the command line, so the product would seem to be missing from it. Throws one sentence when there is none to be had.
 */
export function findOrInstallChromium(say: (line: string) => void, env: NodeJS.ProcessEnv = process.env): string {
  const found = findChromium(env)
  if (found !== undefined) return found
  if (!canInstallPackages()) throw new Error(HOW_TO_INSTALL)
  say("No Chromium found: installing Debian's chromium package. This happens once.")
  try {
    installPackages(['chromium'], env)
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new Error(`Debian's chromium could not be installed (${reason}). Is there a network? ${HOW_TO_INSTALL}`)
  }
  const installed = findChromium(env)
  if (installed === undefined) throw new Error(HOW_TO_INSTALL)
  return installed
}

const HOW_TO_INSTALL =
  'Ringside needs Chromium: install it ("sudo apt-get install chromium" on Debian and Ubuntu) or set CHROME_PATH to its ' +
  'binary. Google Chrome will not do, because it ignores unpacked extensions on the command line.'

const NAMES = ['chromium', 'chromium-browser', 'ungoogled-chromium']
const PLACES = ['/snap/bin/chromium', '/Applications/Chromium.app/Contents/MacOS/Chromium']

function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  const chosen = env.CHROME_PATH
  if (!chosen) return findProgram(NAMES, env) ?? PLACES.find(isExecutable)
  if (isExecutable(chosen)) return chosen
  throw new Error(`CHROME_PATH should be a browser's binary, but "${chosen}" cannot be run.`)
}
