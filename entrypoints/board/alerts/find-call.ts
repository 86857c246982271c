import type { Counterpart } from '../../../shared/call/view.ts'
import type { FeedModel } from '../model/feed-model.ts'

/** Where a call goes on: in a queue, or else at somebody's. */
export interface FoundCall {
  readonly queueId: string | undefined
  readonly extensionId: string | undefined
  readonly caller: Counterpart
}

/** Finds a call among all that go on; `undefined`: it is over, or not seen yet. */
export function findCall(
  { listQueues, listExtensions }: Pick<FeedModel, 'listQueues' | 'listExtensions'>,
  telephonySessionId: string,
): FoundCall | undefined {
  for (const { queueId, waiting } of listQueues()) {
    const found = waiting.find((caller) => caller.telephonySessionId === telephonySessionId)
    if (found !== undefined) return { queueId, extensionId: undefined, caller: found.caller }
  }
  for (const { extensionId, calls } of listExtensions()) {
    const found = calls.find((call) => [call.telephonySessionId, call.currentSessionId].includes(telephonySessionId))
    if (found !== undefined) return { queueId: undefined, extensionId, caller: found.counterpart }
  }
  return undefined
}
