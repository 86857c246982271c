import { describe, expect, it } from 'vitest'
import { isDeviceSwitch, isHandOver, isOver, isTransfer, selectHungUpBy } from '../../../shared/call/end.ts'
import type { LegEnd } from '../../../shared/call/state.ts'
import { REASONS, type Reason } from '../../../shared/protocol/status-codes.ts'
import { START_MS, step } from '../../support/notification.ts'
import { AGENT_EXTENSION_ID, loadStream } from '../../support/streams.ts'
import { trackAll } from '../../support/track-all.ts'
import { caller, callOf, colleague, mine } from './cast.ts'

const talking = [step(2, 0, 'Answered', caller), step(3, 5, 'Proceeding', mine), step(4, 9, 'Answered', mine)]
const left = (sequence: number, who: typeof mine, reason?: string) =>
  step(sequence, sequence * 10, 'Disconnected', { ...who, reason })

describe('C5 a session', () => {
  it('is over when the last leg has ended, and not before', () => {
    expect(isOver(callOf(...talking))).toBe(false)
    expect(isOver(callOf(...talking, left(5, mine)))).toBe(false)
    expect(isOver(callOf(...talking, left(5, mine), left(6, caller)))).toBe(true)
  })

  it('is not over before it has begun', () => {
    expect(isOver(callOf())).toBe(false)
  })

  const handOvers: readonly Reason[] = [
    ...(['BlindTransfer', 'RccTransfer', 'DtmfTransfer', 'CallRedirected', 'TakeOver'] as const),
    ...(['Pickup', 'AgentAnswered', 'CallerInputRedirect', 'CallSwitch', 'CallFlip'] as const),
  ]
  it.each(REASONS)('whose last leg was left for %s', (reason) => {
    const call = callOf(...talking, left(5, caller), left(6, mine, reason))
    expect(isOver(call)).toBe(!handOvers.includes(reason))
  })

  it('is over for an unknown reason as for none', () => {
    expect(isOver(callOf(...talking, left(5, caller), left(6, mine, 'Bored')))).toBe(true)
  })

  it('is over when somebody left to another session', () => {
    const gone = step(6, 60, 'Gone', { ...mine, reason: 'Pickup', peerId: { telephonySessionId: 's-2' } })
    expect(isOver(callOf(...talking, left(5, caller), gone))).toBe(true)
  })

  it('is over when one who had left it to somebody was not the last to leave', () => {
    const handedOver = [...talking, left(5, mine, 'BlindTransfer')]
    const taken = [step(6, 60, 'Answered', colleague), left(7, colleague)]
    expect(isOver(callOf(...handedOver, ...taken))).toBe(false)
    expect(isOver(callOf(...handedOver, ...taken, left(8, caller)))).toBe(true)
  })

  it('tells the last to leave by sequence, not by time', () => {
    const call = callOf(
      ...talking,
      step(5, 900, 'Disconnected', { ...mine, reason: 'BlindTransfer' }),
      step(6, 100, 'Disconnected', caller),
    )
    expect(isOver(call)).toBe(true)
  })

  it.each([
    ['while they talk', talking],
    ['after the last to leave left it to somebody', [...talking, left(5, caller), left(6, mine, 'BlindTransfer')]],
  ])('is over when the platform no longer knows it, %s', (_, events) => {
    const tracker = trackAll('s-1', events)
    expect(isOver(tracker.call)).toBe(false)
    const answer = { telephonySessionId: 's-1', asOfMs: START_MS + 999, createdMs: undefined, origin: undefined }
    tracker.repair({ ...answer, found: false, parties: [] })
    expect(isOver(tracker.call)).toBe(true)
  })

  it('is over in the recorded calls at their last event', () => {
    for (const name of ['pstn-to-user', 'user-to-pstn', 'user-to-user'] as const) {
      const stream = loadStream(name)
      expect(stream.map((_, index) => isOver(callOf(...stream.slice(0, index + 1))))).toEqual(
        stream.map((_, index) => index === stream.length - 1),
      )
    }
  })
})

describe('C6 who hung up', () => {
  it('is the one of those who talked whose Disconnected has the lowest sequence', () => {
    expect(selectHungUpBy(callOf(...talking, left(5, mine), left(6, caller)))?.id).toBe('p-2')
    expect(selectHungUpBy(callOf(...talking, left(5, caller), left(6, mine)))?.id).toBe('p-1')
  })

  it('goes by sequence, not by time', () => {
    const call = callOf(...talking, step(5, 900, 'Disconnected', caller), step(6, 100, 'Disconnected', mine))
    expect(selectHungUpBy(call)?.id).toBe('p-1')
  })

  it('is nobody while nobody has left', () => {
    expect(selectHungUpBy(callOf(...talking))).toBeUndefined()
  })

  it.each([
    'BlindTransfer',
    'RccTransfer',
    'DtmfTransfer',
    'AttendedTransfer',
    'Pickup',
    'CallSwitch',
    'CallFlip',
    'CallRedirected',
    'TakeOver',
  ])('is not one who left by %s', (reason) => {
    const call = callOf(...talking, left(5, mine, reason), left(6, caller))
    expect(selectHungUpBy(call)?.id).toBe('p-1')
  })

  it('is not one who is gone to another session', () => {
    const call = callOf(...talking, step(5, 50, 'Gone', { ...mine, reason: 'AttendedTransfer' }), left(6, caller))
    expect(selectHungUpBy(call)?.id).toBe('p-1')
  })

  it('is no phone that stopped ringing because another was answered', () => {
    const call = callOf(
      step(2, 0, 'Proceeding', colleague),
      step(3, 1, 'Proceeding', mine),
      step(4, 9, 'Answered', mine),
      left(5, colleague),
      left(6, mine),
    )
    expect(selectHungUpBy(call)?.id).toBe('p-2')
  })

  it('is neither a passage nor a listener', () => {
    const menu = { ...colleague, id: 'p-7', extensionId: '900' }
    const listener = { ...colleague, id: 'p-8', muted: true }
    const call = callOf(
      ...talking,
      step(5, 10, 'Answered', menu),
      left(6, menu, 'CallerInputRedirect'),
      step(7, 70, 'Answered', listener),
      left(8, listener),
      left(9, caller),
    )
    expect(selectHungUpBy(call)?.id).toBe('p-1')
  })

  it('is no menu that the caller only passed through, in a call that nobody answered', () => {
    const menu = { ...colleague, id: 'p-7', extensionId: '900' }
    const call = callOf(
      step(2, 0, 'Answered', caller),
      step(3, 5, 'Setup', menu),
      left(4, menu),
      step(5, 50, 'Proceeding', mine),
      left(6, caller),
      left(7, mine),
    )
    expect(selectHungUpBy(call)?.id).not.toBe('p-7')
  })

  it('is no phone that rang out, for nobody talked there', () => {
    const call = callOf(
      step(2, 0, 'Answered', caller),
      step(3, 5, 'Proceeding', mine),
      left(4, mine, 'NoAnswer'),
      left(5, caller),
    )
    expect(selectHungUpBy(call)?.id).not.toBe('p-2')
  })

  it.each([
    ['pstn-to-user', AGENT_EXTENSION_ID],
    ['user-to-pstn', AGENT_EXTENSION_ID],
    ['user-to-user', '400104'],
  ] as const)('is as in the recorded call %s', (name, extensionId) => {
    expect(selectHungUpBy(callOf(...loadStream(name)))?.extensionId).toBe(extensionId)
  })
})

describe('what a reason for leaving means', () => {
  const endFor = (reason: Reason | undefined, kind: LegEnd['kind'] = 'disconnected'): LegEnd => ({
    kind,
    reason,
    at: { sequence: 2, code: 'Disconnected', timeMs: 0 },
    peer: undefined,
  })
  const those = (test: (end: LegEnd) => boolean) => REASONS.filter((reason) => test(endFor(reason))).sort()

  it('a transfer passes the call to another person', () => {
    expect(those(isTransfer)).toEqual(['AttendedTransfer', 'BlindTransfer', 'DtmfTransfer', 'RccTransfer'])
    expect(isTransfer(endFor(undefined))).toBe(false)
  })

  it('a switch goes on with it on another device', () => {
    expect(those(isDeviceSwitch)).toEqual(['CallFlip', 'CallSwitch'])
    expect(isDeviceSwitch(endFor(undefined))).toBe(false)
  })

  it('who is gone to another session has handed nothing over in this one', () => {
    for (const reason of REASONS) expect(isHandOver(endFor(reason, 'gone'))).toBe(false)
  })
})
