import { defineConfig } from 'vitest/config'
import { LIMIT_MS } from './test/support/limit.ts'

/** What is waited for comes when it comes: a busy machine is no failure. A test may wait for more than one thing. */
const PATIENT = {
  testTimeout: 3 * LIMIT_MS,
  hookTimeout: 3 * LIMIT_MS,
  expect: { poll: { timeout: LIMIT_MS } },
}

export default defineConfig({
  test: {
    // Files wait for browsers and processes half of the time; more at once would make each other late.
    maxWorkers: 3,
    // With CI set, the figures of the run are also written down for the closing line of .ci/run.
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'node_modules/.cache/test-report.json' }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/browser/demo.test.ts'],
          globalSetup: ['test/browser/setup.ts'],
          ...PATIENT,
        },
      },
      {
        test: {
          name: 'demo',
          include: ['test/browser/demo.test.ts'],
          ...PATIENT,
          // It builds the extension as a person would, in the folder from which the other browsers read theirs.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
