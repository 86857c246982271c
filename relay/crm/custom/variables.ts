import type { RecordOutcome } from '../../../shared/crm/call-record.ts'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { markerOf } from '../../../shared/crm/record-body.ts'
import type { RecordToWrite } from '../connector.ts'
import { toHtml } from '../connectors/html-body.ts'
import { toSeconds } from '../connectors/units.ts'
import type { CrmFile, OperationName } from './crm-file.ts'
import type { Variables } from './template.ts'

/** What the texts of a CRM's file may name, operation by operation, under App Connect's names. */

const COMMON = ['apiKey', 'authHeader', 'secretKey', 'user']
/** What App Connect knows of a call and the relay does not: it is empty. */
const UNKNOWN_HERE = [
  'additionalSubmission',
  'aiNote',
  'transcript',
  'voicemailLink',
  'voicemailMessageId',
  'recordingLink',
  'recordingDownloadLink',
  'hashedAccountId',
  'isFromSSCL',
  'existingCallLogDetails',
  'ringSenseTranscript',
  'ringSenseSummary',
  'ringSenseAIScore',
  'ringSenseBulletedSummary',
  'ringSenseLink',
]
const CALL = [
  'contactInfo',
  'callLog',
  'subject',
  'startTime',
  'endTime',
  'note',
  'composedLogDetails',
  ...UNKNOWN_HERE,
]

/** The first names of what each operation may name. */
export const VARIABLES: Readonly<Record<OperationName, readonly string[]>> = {
  findContact: [...COMMON, 'phoneNumber', 'parsedPhoneNumber', 'overridingFormat', 'isExtension'],
  createCallLog: [...COMMON, ...CALL],
  updateCallLog: [...COMMON, ...CALL, 'thirdPartyLogId', 'existingCallLog', 'duration', 'result', 'legs'],
  getUserList: COMMON,
  findCallLog: [...COMMON, ...CALL, 'marker'],
}
/** What a header for all operations may name. */
export const COMMON_VARIABLES: readonly string[] = COMMON

/** Who asks. */
export interface Asker {
  readonly key: string | undefined
  /** `https://crm.example.com/api`, without a slash at the end. */
  readonly baseUrl: string
}

export function describeAsker({ secretKey }: CrmFile, { key, baseUrl }: Asker): Variables {
  const hostname = URL.canParse(baseUrl) ? new URL(baseUrl).host : ''
  return { apiKey: key, secretKey, user: { hostname, accessToken: key } }
}

export function describeSearch({ e164, digits, national, spellings, country }: SpokenNumber): Variables {
  const [, international = e164, asTyped = national] = spellings
  const number = { input: e164, e164, international, national: asTyped, significant: national, rfc3966: `tel:${e164}` }
  const countryCode = Number(digits.slice(0, digits.length - national.length))
  return {
    phoneNumber: e164,
    parsedPhoneNumber: { number, countryCode, regionCode: country, valid: true, possible: true },
    overridingFormat: '',
    isExtension: false,
  }
}

export function describeCall(record: RecordToWrite, format: string | undefined): Variables {
  const { key, call, contact, title, body } = record
  const customer = { phoneNumber: call.customerNumber, name: contact?.name ?? call.customerName }
  const company = { phoneNumber: call.companyNumber, name: call.talkers[0]?.name }
  const isOutgoing = call.direction === 'Outbound'
  const startTime = new Date(call.startedMs).toISOString()
  const duration = toSeconds(call.durationMs)
  const result = isOutgoing && call.outcome === 'missed' ? 'No Answer' : RESULTS[call.outcome]
  return {
    contactInfo: { id: contact?.id, type: contact?.kind, name: customer.name, phoneNumber: call.customerNumber },
    callLog: {
      id: key,
      sessionId: key,
      telephonySessionId: key,
      direction: call.direction,
      from: isOutgoing ? company : customer,
      to: isOutgoing ? customer : company,
      startTime,
      duration,
      result,
    },
    subject: title,
    startTime,
    endTime: new Date(call.endedMs).toISOString(),
    duration,
    result,
    // It is a part of the details.
    note: '',
    composedLogDetails: composeDetails(body, format),
    additionalSubmission: {},
    isFromSSCL: true,
    marker: markerOf(key),
  }
}

function composeDetails(body: string, format = 'text/plain'): string {
  if (format.endsWith('html')) return toHtml(body)
  // Two blanks at the end keep a line one.
  return format.endsWith('markdown') ? body.replaceAll('\n', '  \n') : body
}

/** The words of RingCentral's call log. */
const RESULTS: Readonly<Record<RecordOutcome, string>> = {
  answered: 'Call connected',
  missed: 'Missed',
  voicemail: 'Voicemail',
  replied: 'Reply',
  rejected: 'Rejected',
  callerGaveUp: 'Hang Up',
  cancelled: 'Hang Up',
  busy: 'Busy',
  failed: 'Call Failed',
  notPlaced: 'No Answer',
  fax: 'Fax Received',
}
