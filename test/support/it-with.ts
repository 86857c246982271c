import { spawnSync } from 'node:child_process'
import { it } from 'vitest'

/**
 * `it` for a test that needs a program of the machine. Where that is absent the test is skipped, and a line of the run says
 * so: a fault that was never tried must not look like one that was survived.
 */
export function itWith(program: string): typeof it.skip {
  return itWhere(isInstalled(program), `${program} is not installed`)
}

/** `it` for a test that needs the machine to be a certain way; `lack` says what is not so where it is not. */
export function itWhere(isSo: boolean, lack: string): typeof it.skip {
  if (!isSo) console.warn(`A test is skipped because ${lack}.`)
  return it.skipIf(!isSo)
}

const isInstalled = (program: string): boolean => spawnSync(program, ['--version']).status === 0
