import { emptyTrackedCall, trackNotification } from '../../shared/call/track.ts'
import { type AgentFigures, measureAgent } from '../../shared/metrics/agent.ts'
import { decodeNotification } from '../../shared/protocol/notification.ts'

/** A call's figures made again from its events, so that each can be traced to them. */
export interface Explanation {
  readonly figures: AgentFigures
  readonly eventCount: number
}

export function explainCall(
  telephonySessionId: string,
  notifications: readonly unknown[],
  extensionId: string,
): Explanation | undefined {
  const { history, call } = notifications
    .map(decodeNotification)
    .flatMap((decoded) => (decoded.kind === 'telephony' ? [decoded.notification] : []))
    .reduce(trackNotification, emptyTrackedCall(telephonySessionId))
  const figures = measureAgent(call, extensionId)
  return figures && { figures, eventCount: history.entries.length }
}
