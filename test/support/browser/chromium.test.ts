import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findOrInstallChromium } from './chromium.ts'
import { canInstallPackages } from './debian.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-path-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function addProgram(name: string, script: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** Looks with only this folder on the PATH. */
const find = (env: NodeJS.ProcessEnv = {}) => {
  const said: string[] = []
  const path = findOrInstallChromium((line) => said.push(line), { PATH: folder, ...env })
  return { path, said }
}

describe('the browser', () => {
  it('is the one that was chosen', async () => {
    await addProgram('chromium', '')
    const chosen = await addProgram('my-browser', '')
    expect(find({ CHROME_PATH: chosen })).toEqual({ path: chosen, said: [] })
  })

  it('has to be one that can be run', () => {
    expect(() => find({ CHROME_PATH: '/nowhere' })).toThrow(
      'CHROME_PATH should be a browser\'s binary, but "/nowhere" cannot be run.',
    )
  })

  it('is Chromium, not the Google Chrome beside it', async () => {
    await addProgram('google-chrome', '')
    const chromium = await addProgram('chromium', '')
    expect(find().path).toBe(chromium)
  })

  // Only root on Debian may install; for everybody else the next test holds.
  it.runIf(canInstallPackages())('is installed where it is missing, after saying so', async () => {
    const script = `[ "$1" = update ] || { printf '#!/bin/sh\\n' > ${folder}/chromium; /bin/chmod +x ${folder}/chromium; }`
    await addProgram('apt-get', script)
    expect(find()).toEqual({
      path: join(folder, 'chromium'),
      said: ["No Chromium found: installing Debian's chromium package. This happens once."],
    })
  })

  it('that cannot be had is one sentence that says how to get it', async () => {
    await addProgram('apt-get', 'echo "E: Temporary failure resolving the package server" >&2; exit 100')
    const reason = canInstallPackages() ? /\(E: Temporary failure resolving.*\)\. Is there a network\?/ : /^/
    expect(find).toThrow(reason)
    expect(find).toThrow(/install it \("sudo apt-get install chromium" on Debian and Ubuntu\) or set CHROME_PATH/)
  })
})
