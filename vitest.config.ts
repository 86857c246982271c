import { availableParallelism, totalmem } from 'node:os'
import { defineConfig } from 'vitest/config'
import { filesAlone } from './test/support/alone.ts'
import { LIMIT_MS } from './test/support/limit.ts'
import { WaitingFirst } from './test/support/waiting-first.ts'

const GIGABYTE = 2 ** 30
const FILES_ALONE = filesAlone()
const SETUP_FILES = ['test/support/numbering-plans.ts']

/** What is waited for comes when it comes: a busy machine is no failure. A test may wait for more than one thing. */
const PATIENT = {
  testTimeout: 3 * LIMIT_MS,
  hookTimeout: 3 * LIMIT_MS,
  expect: { poll: { timeout: LIMIT_MS } },
}

/** Relays and commands that tests start as processes find their code compiled: half of the work of a start. */
process.env.NODE_COMPILE_CACHE ??= new URL('node_modules/.cache/node-compile', import.meta.url).pathname

export default defineConfig({
  test: {
    // A worker and its browser take four fifths of a core: one more than there are cores keeps all busy, and the more there are
    // the later each of them comes. Each may have a Chromium of half a gigabyte beside it.
    maxWorkers: Math.min(availableParallelism() + 1, Math.max(1, Math.floor(totalmem() / GIGABYTE))),
    sequence: { sequencer: WaitingFirst },
    // With CI set, the figures of the run are also written down for the closing line of .ci/run.
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'node_modules/.cache/test-report.json' }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...FILES_ALONE],
          setupFiles: SETUP_FILES,
          // A process and what it has imported serve file after file: a quarter of a second of work less for each.
          isolate: false,
          // What one file forgets to put back is put back before the next.
          restoreMocks: true,
          unstubGlobals: true,
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'node:alone',
          include: FILES_ALONE,
          globalSetup: ['test/relay/setup.ts'],
          setupFiles: SETUP_FILES,
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          setupFiles: SETUP_FILES,
          // A worker keeps its Chromium from file to file; what a test starts from is the scene's affair.
          isolate: false,
          ...PATIENT,
        },
      },
    ],
  },
})
