import type { ExtensionRow } from '../../../entrypoints/board/feed/contract.ts'
import type { ExtensionState, LiveCall } from '../../../shared/live/types.ts'

export interface RowFacts {
  readonly state?: ExtensionState
  readonly sinceMs?: number | undefined
  readonly handSinceMs?: number | undefined
  readonly today?: Partial<ExtensionRow['today']>
  readonly call?: Partial<LiveCall>
}

/** A row of the board, with a call where the state is one of a call. */
export function buildRow(extensionId: string, facts: RowFacts = {}): ExtensionRow {
  const { state = 'idle', sinceMs, handSinceMs, today, call } = facts
  const live: LiveCall | undefined =
    state === 'idle' || state === 'wrapUp'
      ? undefined
      : {
          telephonySessionId: `s-${extensionId}`,
          currentSessionId: `s-${extensionId}`,
          partyId: `p-${extensionId}-1`,
          direction: 'Inbound',
          state,
          phase: state === 'holding' ? 'onHold' : state === 'ringing' ? 'ringing' : 'talking',
          sinceMs: sinceMs ?? 0,
          startedMs: sinceMs ?? 0,
          holdingSinceMs: state === 'holding' ? (sinceMs ?? 0) : undefined,
          counterpart: { name: 'Ada Winter', phoneNumber: '+14085550123', extensionId: undefined },
          queueId: undefined,
          queueName: undefined,
          ...call,
        }
  return {
    extensionId,
    calls: live === undefined ? [] : [live],
    lastCall: undefined,
    today: { calls: 0, answered: 0, missed: 0, talkMs: 0, holdMs: 0, ...today },
    standing: { state, sinceMs, untilMs: undefined, isEstimate: state === 'wrapUp', call: live },
    handSinceMs,
  }
}
