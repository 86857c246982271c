import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMissed } from '../../../shared/call/missed.ts'
import { selectView } from '../../../shared/call/view.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { findReturned } from '../../../shared/metrics/returned.ts'
import { REASONS, STATUS_CODES } from '../../../shared/protocol/status-codes.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { caller, callOf, MY_EXTENSION_ID, mine } from './cast.ts'

/** A call that rings for me for 6 s, and that I answer with a message; the caller leaves 8 s later. */
function replyBy(code: string, reason = 'CallReplied', later: readonly StepFields[] = []) {
  return [
    step(2, 0, 'Answered', caller),
    step(3, 0, 'Proceeding', mine),
    step(4, 6000, code, { ...mine, reason }),
    ...later.map((fields, index) => step(5 + index, 7000, String(fields.code ?? code), { ...mine, ...fields })),
  ]
}
const LEFT = [step(20, 14_000, 'Disconnected', caller), step(21, 14_010, 'Disconnected', mine)]

const CODES = ['Setup', 'setup', 'Proceeding', 'Disconnected', 'Gone', 'Tds', 'SomethingNew'] as const

describe('C13 a message in place of an answer, told as', () => {
  it.each(CODES)('%s: the phone no longer rings', (code) => {
    const call = callOf(...replyBy(code))
    expect(selectView(call, MY_EXTENSION_ID)?.phase).toBe(/^(Disc|Gone)/.test(code) ? 'ended' : 'replied')
    expect(measureAgent(call, MY_EXTENSION_ID)?.ring.ms).toBe(6000)
  })

  it.each(CODES)('%s: the call was replied to, and neither missed nor is it to be returned', (code) => {
    const view = selectView(callOf(...replyBy(code), ...LEFT), MY_EXTENSION_ID)
    expect(view).toMatchObject({ phase: 'ended', outcome: 'replied' })
    expect(view && isMissed(view)).toBe(false)
    const call = {
      telephonySessionId: 's-1',
      direction: 'Inbound',
      outcome: 'replied',
      startedMs: 0,
      talkMs: 0,
    } as const
    expect(findReturned([{ ...call, numberKey: 'a' }]).size).toBe(0)
  })

  it.each(['Setup', 'Proceeding'])('%s: a word after it makes nothing ring again', (code) => {
    const call = callOf(...replyBy(code, 'CallReplied', [{ code: 'Setup' }, { code: 'Proceeding', muted: true }]))
    expect(selectView(call, MY_EXTENSION_ID)?.phase).toBe('replied')
    expect(measureAgent(call, MY_EXTENSION_ID)?.ring.ms).toBe(6000)
  })
})

/** What becomes of a phone of mine that rang, for every reason that the platform knows. */
const RING_ENDS: Readonly<Record<(typeof REASONS)[number], string | undefined>> = {
  Pickup: 'answeredElsewhere',
  AgentAnswered: 'answeredElsewhere',
  TakeOver: 'answeredElsewhere',
  BlindTransfer: 'transferred',
  RccTransfer: 'transferred',
  AttendedTransfer: 'transferred',
  DtmfTransfer: 'transferred',
  CallPark: 'parked',
  ParkLocation: 'parked',
  Voicemail: 'voicemail',
  CallReplied: 'replied',
  Rejected: 'rejected',
  TargetBusy: 'busy',
  InvalidNumber: 'failed',
  InternationalDisabled: 'failed',
  DestinationBlocked: 'failed',
  NotEnoughFunds: 'failed',
  NoSuchUser: 'failed',
  InternalError: 'failed',
  Cancelled: 'callerGaveUp',
  // Nobody took it as far as can be seen: it is a call that I missed.
  NoAnswer: 'missed',
  Timeout: 'missed',
  CallerInputRedirect: 'missed',
  CallRedirected: 'missed',
  // It goes on ringing, on another device of mine.
  CallFlip: undefined,
  CallSwitch: undefined,
  AgentDropped: 'missed',
  CallFinished: 'missed',
  CallDropped: 'missed',
  Conference: 'missed',
  Supervising: 'missed',
}

describe('O14 a phone of mine that rang and stopped with', () => {
  const ended = (reason: string) =>
    callOf(
      step(2, 0, 'Answered', caller),
      step(3, 0, 'Proceeding', mine),
      step(4, 9, 'Disconnected', { ...mine, reason }),
    )

  it.each(REASONS.map((reason) => [reason, RING_ENDS[reason]] as const))('%s came out as %s', (reason, outcome) => {
    for (const spelling of [reason, reason.toLowerCase(), reason.toUpperCase()]) {
      const view = selectView(ended(spelling), MY_EXTENSION_ID)
      expect(view).toMatchObject({ phase: outcome === undefined ? 'ringing' : 'ended', outcome })
    }
  })

  it('is missed only where nobody dealt with it, whatever was told before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...STATUS_CODES), fc.constantFrom(undefined, ...REASONS)), { maxLength: 6 }),
        (words) => {
          const told = words.map(([code, reason], index) => step(index + 4, index, code, { ...mine, reason }))
          const call = callOf(step(2, 0, 'Answered', caller), step(3, 0, 'Proceeding', mine), ...told, ...LEFT)
          const view = selectView(call, MY_EXTENSION_ID)
          const end = call.legs.find(({ id }) => id === 'p-2')?.end?.at.sequence ?? 99
          const counted = words.filter((_, index) => index + 4 <= end)
          const isDealtWith = counted.some(
            ([code, reason]) =>
              reason === 'CallReplied' ||
              ['Answered', 'Hold', 'Parked', 'VoiceMail', 'VoiceMailScreening', 'FaxReceive'].includes(code),
          )
          if (isDealtWith) expect(view && isMissed(view)).toBe(false)
        },
      ),
      { numRuns: 300 },
    )
  })
})
