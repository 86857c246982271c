import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes a minute or more because it waits for Chrome's own timers, and next to no work meanwhile. */
const WAITING = ['test/browser/worker-death.test.ts']

/** The usual order, but what waits long begins first: the rest is done beside it. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isWaiting = ({ moduleId }: TestSpecification) => WAITING.some((path) => moduleId.endsWith(path))
    return [...sorted.filter(isWaiting), ...sorted.filter((file) => !isWaiting(file))]
  }
}
