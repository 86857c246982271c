import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeReason, decodeStatusCode, REASONS, STATUS_CODES } from '../../../shared/protocol/status-codes.ts'

/** The lists of the platform's documentation, kept apart from the code's own so that a word cannot get lost. */
const DOCUMENTED_CODES = [
  ...['Setup', 'Proceeding', 'Answered', 'Disconnected', 'Gone', 'Parked', 'Hold'],
  ...['VoiceMail', 'FaxReceive', 'VoiceMailScreening', 'Tds'],
]
const DOCUMENTED_REASONS = [
  ...['Pickup', 'Supervising', 'TakeOver', 'Timeout', 'BlindTransfer', 'RccTransfer', 'AttendedTransfer'],
  ...['CallerInputRedirect', 'CallFlip', 'ParkLocation', 'DtmfTransfer', 'AgentAnswered', 'AgentDropped', 'Rejected'],
  ...['Cancelled', 'InternalError', 'NoAnswer', 'TargetBusy', 'InvalidNumber', 'InternationalDisabled'],
  ...['DestinationBlocked', 'NotEnoughFunds', 'NoSuchUser', 'CallPark', 'CallRedirected', 'CallReplied'],
  ...['CallSwitch', 'CallFinished', 'CallDropped', 'Voicemail', 'Conference'],
]

it('N4 every documented status code and reason has a name here', () => {
  expect([...STATUS_CODES].sort()).toEqual([...DOCUMENTED_CODES].sort())
  expect([...REASONS].sort()).toEqual([...DOCUMENTED_REASONS].sort())
})

describe('N4 a word means the same whatever its case:', () => {
  it.each(STATUS_CODES)('the status %s', (code) => {
    expect([code, code.toLowerCase(), code.toUpperCase()].map(decodeStatusCode)).toEqual([code, code, code])
    fc.assert(fc.property(fc.mixedCase(fc.constant<string>(code)), (raw) => decodeStatusCode(raw) === code))
  })

  it.each(REASONS)('the reason %s', (reason) => {
    expect([reason, reason.toLowerCase(), reason.toUpperCase()].map(decodeReason)).toEqual([reason, reason, reason])
    fc.assert(fc.property(fc.mixedCase(fc.constant<string>(reason)), (raw) => decodeReason(raw) === reason))
  })
})

describe('N4 the spellings of the guide, the API description and the libraries mean the same:', () => {
  it.each([
    ['Voicemail', 'VoiceMail'],
    ['VoiceMail', 'VoiceMail'],
    ['VMScreening', 'VoiceMailScreening'],
    ['VmScreening', 'VoiceMailScreening'],
    ['VoicemailScreening', 'VoiceMailScreening'],
    ['VoiceMailScreening', 'VoiceMailScreening'],
  ])('%s is %s', (raw, code) => {
    expect(decodeStatusCode(raw)).toBe(code)
  })
})

describe('N4 a word that nobody knows is no other one:', () => {
  it.each(['Levitating', '', ' Setup', 'Set up', 'constructor', '__proto__', 'toString', '\ud800', 'Unrecognised'])(
    '%j',
    (raw) => {
      expect(decodeStatusCode(raw)).toBe('Unrecognised')
      expect(decodeReason(raw)).toBe('Unrecognised')
    },
  )

  it('nor is a status a reason', () => {
    expect(decodeReason('Answered')).toBe('Unrecognised')
    expect(decodeStatusCode('Rejected')).toBe('Unrecognised')
  })
})
