import { type AgentFigures, measureAgent } from '../../shared/metrics/agent.ts'
import type { PersonStore } from '../lib/store/open.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { readStoredCall } from '../lib/stored-call.ts'

/** A call's figures made again from what is kept of it, so that each can be traced to its events. */
export async function explainCall(
  store: PersonStore,
  { telephonySessionId, missingSequences }: CallRow,
  extensionId: string,
): Promise<AgentFigures | undefined> {
  const { tracker } = await readStoredCall(store, telephonySessionId)
  return measureAgent(tracker.call, extensionId, missingSequences)
}
