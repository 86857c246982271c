import type { CallRow } from '../../../../entrypoints/lib/store/schema.ts'

export const ADA_KEY = 'tel:+14085550123'

/** A call from Ada that rings, changed as asked. */
export function buildRow(fields: Partial<CallRow> & Pick<CallRow, 'telephonySessionId' | 'startedMs'>): CallRow {
  return {
    partyId: 'p-1',
    direction: 'Inbound',
    phase: 'ringing',
    phaseSinceMs: fields.startedMs,
    name: undefined,
    phoneNumber: '+14085550123',
    numberKey: ADA_KEY,
    queueName: undefined,
    parkedAt: undefined,
    isMuted: false,
    recordings: [],
    outcome: undefined,
    ringMs: 0,
    talkMs: 0,
    holdMs: 0,
    twoWayTalkMs: undefined,
    callerWaitMs: undefined,
    peerIds: [],
    isEstimate: false,
    missingSequences: [],
    delayMs: 0,
    shownUntilMs: undefined,
    isDismissed: false,
    isFolded: undefined,
    ...fields,
  }
}

/** The same with a number that is withheld. */
export function withholdNumber({ numberKey: _, ...row }: CallRow): CallRow {
  return { ...row, phoneNumber: undefined }
}
