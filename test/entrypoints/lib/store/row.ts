import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'
import { NO_TIMES } from '../../../support/times.ts'

/** A finished call as it is stored, with nothing in it that a test does not ask for. */
export function buildRow(fields: Partial<CallRow> & Pick<CallRow, 'telephonySessionId'>): CallRow {
  return {
    partyId: 'p-1',
    direction: 'Inbound',
    phase: 'ended',
    phaseSinceMs: 0,
    startedMs: 0,
    name: undefined,
    phoneNumber: undefined,
    queueName: undefined,
    parkedAt: undefined,
    isMuted: false,
    recordings: [],
    outcome: 'answered',
    ...NO_TIMES,
    peerIds: [],
    isEstimate: false,
    missingSequences: [],
    delayMs: 0,
    shownUntilMs: undefined,
    isDismissed: false,
    isFolded: false,
    ...fields,
  }
}
