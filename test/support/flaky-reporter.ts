import type { Reporter, TestModule } from 'vitest/node'

/** Names the tests that passed at a second try only: a busy machine, or a fault that shows now and then. Nobody should miss it. */
export class FlakyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.diagnostic()?.flaky)
          console.log(`Passed at the second try only: ${module.relativeModuleId} > ${test.fullName}`)
      }
    }
  }
}
