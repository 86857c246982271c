import type { RecordToWrite } from '../../../../relay/crm/connector.ts'
import type { CallRecord } from '../../../../shared/crm/call-record.ts'

const STARTED_MS = Date.parse('2026-11-30T16:20:05.250Z')

/** Some seconds after that call. */
export const WRITTEN_MS = Date.parse('2026-11-30T16:22:20.000Z')

/** A call of Ada Winter that Bea Lindqvist took: 89,500 ms of it from the answer on. */
export function recordToWrite(
  changes: Partial<RecordToWrite> = {},
  callChanges: Partial<CallRecord> = {},
): RecordToWrite {
  const key = changes.key ?? 's-a0c17de5f2b5fz18f2d0a1c33z4c1e0000'
  const call: CallRecord = {
    key,
    telephonySessionIds: [key],
    direction: 'Inbound',
    startedMs: STARTED_MS,
    answeredMs: STARTED_MS + 7_345,
    endedMs: STARTED_MS + 96_845,
    durationMs: 89_500,
    customerNumber: '+14085550123',
    customerName: 'WINTER ADA',
    companyNumber: '+18005550100',
    outcome: 'answered',
    queueName: undefined,
    ringMs: 7_345,
    talkMs: 77_086,
    holdMs: 12_414,
    waitMs: 7_345,
    talkers: [{ extensionId: '400102', name: 'Bea Lindqvist', phoneNumber: '+14085550102', talkMs: 77_086 }],
    ownerExtensionId: '400102',
    wasTransferred: false,
    isEstimate: false,
    ...callChanges,
  }
  return {
    key,
    uuid: '0d6f7f0a-5c1e-5b0e-9a53-4b3f0a7c2d11',
    call,
    title: 'Call from Ada Winter',
    body: `Talk 77.086 s, hold 12.414 s\nNote: asked for <blue> frames & "two" bells\nRingside ${key}`,
    ...changes,
  }
}
