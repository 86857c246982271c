import type { CallRecord } from '../../../shared/crm/call-record.ts'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { composeBody, composeTitle } from '../../../shared/crm/record-body.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { CrmContact, RecordToWrite } from '../connector.ts'
import { uuidOf } from '../uuid.ts'

/** A call that somebody took and that ended a minute before `nowMs`, to show what a record looks like. */
export function createSampleCall(
  { e164 }: SpokenNumber,
  { contact, nowMs }: { readonly contact: CrmContact | undefined; readonly nowMs: number },
): RecordToWrite {
  const key = 's-sample-of-a-call'
  const endedMs = nowMs - MINUTE_MS
  const call: CallRecord = {
    key,
    telephonySessionIds: [key],
    direction: 'Inbound',
    startedMs: endedMs - 96_845,
    answeredMs: endedMs - 89_500,
    endedMs,
    durationMs: 89_500,
    customerNumber: e164,
    customerName: contact?.name,
    companyNumber: '+18005550100',
    outcome: 'answered',
    queueName: undefined,
    ringMs: 7_345,
    talkMs: 77_086,
    holdMs: 12_414,
    waitMs: 7_345,
    talkers: [{ extensionId: '102', name: 'Bea Lindqvist', phoneNumber: undefined, talkMs: 77_086 }],
    ownerExtensionId: '102',
    wasTransferred: false,
    isEstimate: false,
  }
  return {
    key,
    uuid: uuidOf(key),
    call,
    title: composeTitle(call),
    body: composeBody(call, { nameOf: () => undefined, notes: [] }),
    ...(contact !== undefined && { contact }),
  }
}
