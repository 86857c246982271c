import type { TestProject } from 'vitest/node'
import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { buildExtension } from '../support/browser/extension.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string
  }
}

/** Before the first browser test: a browser to run in, and the build that ships. */
export default function setup(project: TestProject): void {
  project.provide('chromium', findOrInstallChromium(console.log))
  buildExtension()
}
