import { SECOND_MS } from '../time.ts'
import type { ExtensionLive, ExtensionStanding } from './types.ts'

/**
 * What an extension is doing at a moment. The platform tells of no wrap-up: it is concluded from the end of a queue's call and the
 * seconds that the queue leaves its agents, told by `wrapUpSecondsOf`.
 */
export function selectStanding(
  { calls, lastCall }: Pick<ExtensionLive, 'calls' | 'lastCall'>,
  nowMs: number,
  wrapUpSecondsOf: (queueId: string) => number | undefined,
): ExtensionStanding {
  const call = calls[0]
  if (call !== undefined) {
    return { state: call.state, sinceMs: call.sinceMs, untilMs: undefined, isEstimate: false, call }
  }
  const sinceMs = lastCall?.endedMs
  const wrapUpSeconds = lastCall?.queueId === undefined ? undefined : wrapUpSecondsOf(lastCall.queueId)
  const untilMs = sinceMs === undefined || wrapUpSeconds === undefined ? undefined : sinceMs + wrapUpSeconds * SECOND_MS
  if (untilMs !== undefined && nowMs < untilMs) {
    return { state: 'wrapUp', sinceMs, untilMs, isEstimate: true, call: undefined }
  }
  return {
    state: 'idle',
    sinceMs: untilMs ?? sinceMs,
    untilMs: undefined,
    isEstimate: untilMs !== undefined,
    call: undefined,
  }
}
