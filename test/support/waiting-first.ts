import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What takes longest: it waits for Chrome's own timers, plays its scene as slowly as it happens, or lets a thousand clients come
 * back, with little work of its own meanwhile.
 */
const WAITING = [
  'test/browser/worker-death.test.ts',
  'test/browser/demo.test.ts',
  'test/relay/faults/crowd.test.ts',
  'test/relay/faults/redis.test.ts',
  'test/relay/command-line/run-command.test.ts',
  'test/relay/faults/several-relays.test.ts',
  'test/relay/faults/crm.test.ts',
  'test/relay/faults/disk.test.ts',
]

/** The usual order, but what waits long begins first: the rest is done beside it. */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isWaiting = ({ moduleId }: TestSpecification) => WAITING.some((path) => moduleId.endsWith(path))
    return [...sorted.filter(isWaiting), ...sorted.filter((file) => !isWaiting(file))]
  }
}
