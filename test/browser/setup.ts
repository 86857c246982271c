import type { TestProject } from 'vitest/node'
import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { canOpenDisplay } from '../support/browser/display.ts'
import { buildExtension } from '../support/browser/extension.ts'
import { bundleOwnCode } from '../support/browser/own-code.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string
    /** Of the extension, to be run on a bare page of it. */
    ownCode: string
  }
}

/** Before the first browser test: a browser to run in, a display for its prompts, and the build that ships. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', findOrInstallChromium(console.log))
  // Here and not in each file: two at once can't install packages.
  canOpenDisplay()
  buildExtension()
  project.provide('ownCode', await bundleOwnCode())
}
