import { describe, expect, it } from 'vitest'
import { foldCall, foldEntry } from '../../../shared/call/reduce.ts'
import { LEG_STATES, STATE_OF_CODE } from '../../../shared/call/state.ts'
import { emptyTrackedCall, trackNotification } from '../../../shared/call/track.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { STATUS_CODES } from '../../../shared/protocol/notification.ts'
import { buildEnvelope, decode, step } from '../../support/notification.ts'

function follow(...notifications: readonly TelephonyNotification[]) {
  return notifications.reduce(trackNotification, emptyTrackedCall('s-1'))
}

function onlyLeg(...notifications: readonly TelephonyNotification[]) {
  const [leg] = follow(...notifications).call.legs
  if (leg === undefined) throw new Error('no leg')
  return leg
}

describe('states', () => {
  const codes = [...STATUS_CODES, 'Levitating'] as const
  it.each(codes.flatMap((from) => codes.map((to) => [from, to] as const)))('from %s to %s', (fromCode, toCode) => {
    const from = STATE_OF_CODE[fromCode === 'Levitating' ? 'Unrecognised' : fromCode]
    const to = STATE_OF_CODE[toCode === 'Levitating' ? 'Unrecognised' : toCode]
    const isLive = (state: string) => (LEG_STATES as readonly string[]).includes(state)
    const leg = onlyLeg(step(2, 0, fromCode), step(3, 100, toCode))
    if (!isLive(from)) {
      expect(leg).toMatchObject({ current: undefined, end: { kind: from, at: { sequence: 2 } }, intervals: [] })
    } else if (from === to) {
      expect(leg).toMatchObject({ current: { state: from, from: { sequence: 2 } }, intervals: [] })
    } else {
      expect(leg.intervals).toMatchObject([{ state: from, from: { sequence: 2 }, to: { sequence: 3 } }])
      expect(isLive(to) ? leg.current?.state : leg.end?.kind).toBe(to)
    }
  })

  it('keeps a repeated state whole: mute, recording or a name splits nothing', () => {
    const talking = [step(2, 0, 'Answered'), step(3, 50, 'Answered', { muted: true })]
    expect(onlyLeg(...talking)).toMatchObject({ muted: true, intervals: [], current: { from: { sequence: 2 } } })
    expect(onlyLeg(...talking, step(4, 90, 'Disconnected')).intervals).toHaveLength(1)
  })

  it('lets nothing follow the end', () => {
    const ended = onlyLeg(step(2, 0, 'Answered'), step(3, 50, 'Disconnected'))
    const after = onlyLeg(step(2, 0, 'Answered'), step(3, 50, 'Disconnected'), step(4, 70, 'Answered'))
    expect(after).toEqual(ended)
  })
})

describe('times', () => {
  it('never go backwards within a leg', () => {
    const leg = onlyLeg(step(2, 100, 'Setup'), step(3, 40, 'Proceeding'), step(4, 130, 'Disconnected'))
    expect(leg.intervals.map(({ from, to }) => to.timeMs - from.timeMs)).toEqual([0, 30])
    expect(leg.backwardSteps).toBe(1)
  })

  it('are taken after the latest event of the leg, also one that changed no state', () => {
    const leg = onlyLeg(step(2, 0, 'Answered'), step(3, 100, 'Answered'), step(4, 60, 'Disconnected'))
    expect(leg.end?.at.timeMs).toBe(leg.intervals[0]?.to.timeMs)
    expect((leg.end?.at.timeMs ?? 0) - (leg.intervals[0]?.from.timeMs ?? 0)).toBe(100)
  })

  it('of one leg say nothing about another', () => {
    const { call } = follow(step(2, 900, 'Setup', { id: 'p-1' }), step(3, 100, 'Setup', { id: 'p-2' }))
    expect(call.legs.map((leg) => leg.backwardSteps)).toEqual([0, 0])
  })
})

describe('what is told of a party', () => {
  it('is kept when a later event leaves it out, and improved when one tells more', () => {
    const leg = onlyLeg(
      step(2, 0, 'Setup', { from: { phoneNumber: '+14085550123' } }),
      step(3, 5, 'Proceeding', { from: { name: 'Ada Winter' } }),
      step(4, 9, 'Answered', { from: undefined }),
    )
    expect(leg.from).toMatchObject({ phoneNumber: '+14085550123', name: 'Ada Winter' })
  })
})

describe('late events', () => {
  it('are inserted where they belong and repair what followed', () => {
    const inOrder = follow(step(2, 0, 'Setup'), step(3, 10, 'Proceeding'), step(4, 90, 'Answered'))
    const late = follow(step(2, 0, 'Setup'), step(4, 90, 'Answered'), step(3, 10, 'Proceeding'))
    expect(late).toEqual(inOrder)
  })

  it('change nothing when they are repeated: the same object', () => {
    const tracked = follow(step(2, 0, 'Setup'), step(3, 10, 'Proceeding'))
    expect(trackNotification(tracked, step(2, 0, 'Setup'))).toBe(tracked)
  })
})

it('folds step by step to what it folds at once', () => {
  const { history, call } = follow(step(2, 0, 'Setup'), step(3, 10, 'Proceeding'), step(4, 20, 'Hold', { id: 'p-2' }))
  expect(foldCall(history)).toEqual(call)
})

it('is not moved by an event without parties', () => {
  const before = follow(step(2, 0, 'Setup')).call
  const [entry] = trackNotification(emptyTrackedCall('s-1'), decode(buildEnvelope({ sequence: 9, parties: [] })))
    .history.entries
  if (entry === undefined) throw new Error('no entry')
  expect(foldEntry(before, entry)).toBe(before)
})
