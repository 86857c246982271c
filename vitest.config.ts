import { availableParallelism, totalmem } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LIMIT_MS } from './test/support/limit.ts'
import { findSpecialFiles } from './test/support/special-files.ts'
import { WaitingFirst } from './test/support/waiting-first.ts'

const GIGABYTE = 2 ** 30
const { alone, relays } = findSpecialFiles()
const SETUP_FILES = ['test/support/numbering-plans.ts']

/** What is waited for comes when it comes: a busy machine is no failure. A test may wait for more than one thing. */
const PATIENT = {
  testTimeout: 3 * LIMIT_MS,
  hookTimeout: 3 * LIMIT_MS,
  expect: { poll: { timeout: LIMIT_MS } },
}

/** So many at a time for each core, as far as the memory goes: each may have a Chromium of half a gigabyte beside it. */
const workers = (perCore: number) =>
  Math.ceil(Math.min(perCore * availableParallelism(), Math.max(1, totalmem() / GIGABYTE)))

/** Files in a process follow each other, and share what was imported: half a second of work less for each. */
const TOGETHER = {
  isolate: false,
  // What one file forgets to put back is put back before the next.
  restoreMocks: true,
  unstubGlobals: true,
}

/** Relays and commands that tests start as processes find their code compiled: half of the work of a start. */
process.env.NODE_COMPILE_CACHE ??= new URL('node_modules/.cache/node-compile', import.meta.url).pathname

export default defineConfig({
  test: {
    // A worker and its browser keep two thirds of a core busy: with three for two cores none is idle. The more there are the later
    // each of them comes.
    maxWorkers: workers(1.5),
    sequence: { sequencer: WaitingFirst },
    // With CI set, the figures of the run are also written down for the closing line of .ci/run.
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'node_modules/.cache/test-report.json' }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'node:relays',
          include: relays,
          globalSetup: ['test/relay/setup.ts'],
          setupFiles: SETUP_FILES,
          ...TOGETHER,
          ...PATIENT,
          // They wait, for back-offs, alarms and a thousand clients, and do next to nothing meanwhile.
          maxWorkers: workers(2),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...alone, ...relays],
          setupFiles: SETUP_FILES,
          ...TOGETHER,
          ...PATIENT,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'node:alone',
          include: alone,
          setupFiles: SETUP_FILES,
          ...PATIENT,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          setupFiles: [...SETUP_FILES, 'test/browser/built.ts'],
          // A worker keeps its Chromium from file to file; what a test starts from is the scene's affair.
          isolate: false,
          ...PATIENT,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
