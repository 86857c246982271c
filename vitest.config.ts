import { defineConfig } from 'vitest/config'
import { FlakyReporter } from './test/support/flaky-reporter.ts'

/** What is waited for comes when it comes: a busy machine is no failure. */
const PATIENT = { poll: { timeout: 15_000 } }

export default defineConfig({
  test: {
    // Files wait for browsers and processes half of the time; more at once would make each other late.
    maxWorkers: 3,
    // With CI set, the figures of the run are also written down for the closing line of .ci/run.
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: 'node_modules/.cache/test-report.json' }], new FlakyReporter()]
      : ['default'],
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          testTimeout: 20_000,
          expect: PATIENT,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: ['test/browser/demo.test.ts'],
          // A shared machine may stand still for as long as any of these waits. Which test that met is named at the end.
          retry: process.env.CI ? 1 : 0,
          globalSetup: ['test/browser/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: PATIENT,
        },
      },
      {
        test: {
          name: 'demo',
          include: ['test/browser/demo.test.ts'],
          testTimeout: 120_000,
          expect: PATIENT,
          // It builds the extension as a person would, in the folder from which the other browsers read theirs.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
