import { createGroupCommit } from '../log/segments/group-commit.ts'
import { isWriteRefused } from './faults.ts'
import type { Link } from './link.ts'
import type { ScriptCall } from './session.ts'

/** All that changes what is kept: one group of scripts at a time, and what is asked for meanwhile goes into the next. */
export interface Writer {
  /** Resolves with the script's answer when what it did is durable. */
  run(call: ScriptCall): Promise<unknown>
  /** Why the last write was refused by a Redis that is there, as a sentence; `undefined` where it was not. */
  readonly hindrance: string | undefined
}

interface Item {
  readonly call: ScriptCall
  outcome?: PromiseSettledResult<unknown>
}

const MAX_GROUP = 128

export function createWriter(link: () => Link): Writer {
  let hindrance: string | undefined
  const commit = createGroupCommit<Item>({
    maxItems: () => MAX_GROUP,
    async commit(items) {
      const outcomes = await link()
        .use()
        .run(items.map(({ call }) => call))
      for (const [index, item] of items.entries()) {
        const outcome = outcomes[index]
        if (outcome !== undefined) item.outcome = outcome
      }
    },
  })
  return {
    get hindrance() {
      return hindrance
    },
    async run(call) {
      const item: Item = { call }
      await commit(item)
      if (item.outcome?.status === 'fulfilled') {
        hindrance = undefined
        return item.outcome.value
      }
      const reason: unknown = item.outcome?.reason
      if (reason instanceof Error && isWriteRefused(reason)) hindrance = reason.message
      throw reason
    },
  }
}
