import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'

/** A ringing call of somebody outside, as the store has it; a test changes one thing. */
export function buildRow(changes: Partial<CallRow> = {}): CallRow {
  return {
    telephonySessionId: 's-1',
    partyId: 'p-1',
    direction: 'Inbound',
    phase: 'ringing',
    phaseSinceMs: 0,
    startedMs: 0,
    name: 'Ada Winter',
    phoneNumber: '+14085550123',
    numberKey: 'tel:+14085550123',
    queueName: undefined,
    parkedAt: undefined,
    isMuted: false,
    recordings: [],
    outcome: undefined,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    twoWayTalkMs: undefined,
    isEstimate: false,
    missingSequences: [],
    delayMs: 0,
    active: 1,
    shownUntilMs: undefined,
    isDismissed: false,
    isFolded: false,
    callerWaitMs: undefined,
    peerIds: [],
    ...changes,
  }
}
