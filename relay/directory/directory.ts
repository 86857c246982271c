import type { DirectoryPerson, DirectoryQueue } from '../../shared/protocol/http/directory.ts'

/**
 * Names of the account's extensions, and the settings of its queues, as RingCentral's directory has them. It may be empty or
 * half there: nothing waits for it, and whoever draws without a name draws the number.
 */
export interface Directory {
  /** By extension id, queues among them. */
  readonly people: ReadonlyMap<string, DirectoryPerson>
  /** By extension id of the queue. */
  readonly queues: ReadonlyMap<string, DirectoryQueue>
  /**
   * Called when somebody looks at it: it is read unless it is fresh, and kept fresh while somebody has looked lately. Resolves once
   * names were read, or could not be, for the first time.
   */
  want(): Promise<void>
}
