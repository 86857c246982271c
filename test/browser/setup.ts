import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildExtension } from '../support/browser/build.ts'
import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { canOpenDisplay } from '../support/browser/display.ts'
import { bundleOwnCode } from '../support/browser/own-code.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string
    /** The folder of the profiles of lent browsers. */
    profiles: string
    /** The file that says how the build of the extension went, once it is over: see `built.ts`. */
    build: string
    /** Of the extension, to be run on a bare page of it. */
    ownCode: string
  }
}

/**
 * Before the first test: a browser to run in and a display for its prompts. The build that ships is begun, and made beside the
 * tests of relays, which mostly wait. Gives what is done after the last.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('chromium', findOrInstallChromium(console.log))
  // Here and not in each file: two at once can't install packages.
  canOpenDisplay()
  const profiles = await mkdtemp(join(tmpdir(), 'ringside-profiles-'))
  project.provide('profiles', profiles)
  const build = join(profiles, 'build.txt')
  project.provide('build', build)
  const isBuilt = tellBuild(build)
  project.provide('ownCode', await bundleOwnCode())
  return async () => {
    await isBuilt
    // The browsers of the last workers may still be ending, and write as they do.
    await rm(profiles, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Builds the extension, and then writes why it could not be built, or nothing, into a file that is whole as soon as it is there. */
async function tellBuild(path: string): Promise<void> {
  const failure = await buildExtension().then(
    () => '',
    (error: Error) => error.message,
  )
  await writeFile(`${path}.part`, failure)
  await rename(`${path}.part`, path)
}
