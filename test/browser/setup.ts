import { mkdtemp, rm } from 'node:fs/promises'
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
    /** Of the extension, to be run on a bare page of it. */
    ownCode: string
  }
}

/**
 * Before the first browser test: a browser to run in, a display for its prompts, and the build that ships. Gives what is done
 * after the last.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('chromium', findOrInstallChromium(console.log))
  // Here and not in each file: two at once can't install packages.
  canOpenDisplay()
  buildExtension()
  project.provide('ownCode', await bundleOwnCode())
  const profiles = await mkdtemp(join(tmpdir(), 'ringside-profiles-'))
  project.provide('profiles', profiles)
  // The browsers of the last workers may still be ending, and write as they do.
  return () => rm(profiles, { recursive: true, force: true, maxRetries: 10 })
}
