import { describe, expect, it } from 'vitest'
import {
  comesBefore,
  compareIds,
  compareLegs,
  selectFirst,
  selectStart,
  selectStates,
} from '../../../shared/call/leg.ts'
import type { Leg, Mark } from '../../../shared/call/state.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { buildEnvelope, buildParty, decode, START_MS, step } from '../../support/notification.ts'
import { callOf, legOf, onlyLegOf } from './cast.ts'

/** `state from-to`, in ms since the start. */
function describeIntervals({ intervals }: Leg): readonly string[] {
  return intervals.map(({ state, from, to }) => `${state} ${from.timeMs - START_MS}-${to.timeMs - START_MS}`)
}

const lengthOf = ({ intervals }: Leg) => intervals.reduce((ms, { from, to }) => ms + to.timeMs - from.timeMs, 0)

describe('L1 a leg is in exactly one state at a time', () => {
  it('from its first event to its end', () => {
    const leg = onlyLegOf(step(2, 0, 'Setup'), step(3, 100, 'Proceeding'))
    expect(leg).toMatchObject({ current: { state: 'ring' }, end: undefined })
    expect(onlyLegOf(step(2, 0, 'Setup'), step(3, 100, 'Gone'))).toMatchObject({
      current: undefined,
      end: { kind: 'gone' },
    })
  })

  it('which the reason and the flags have no say in', () => {
    const leg = onlyLegOf(step(2, 0, 'Answered', { reason: 'Rejected', missedCall: true, park: { id: '*801' } }))
    expect(leg).toMatchObject({ current: { state: 'talk' }, end: undefined })
  })
})

describe('L2 an interval is closed by the next different state, whatever that is', () => {
  const codes = ['Proceeding', 'Answered', 'Hold', 'Answered', 'Parked', 'Levitating', 'VoiceMail', 'FaxReceive', 'Tds']
  const events = codes.map((code, index) => step(index + 2, index * 10, code))
  const leg = onlyLegOf(...events, step(20, 500, 'Disconnected'))

  it('and belongs to the state it began with', () => {
    expect(describeIntervals(leg)).toEqual([
      'ring 0-10',
      'talk 10-20',
      'hold 20-30',
      'talk 30-40',
      'parked 40-50',
      'other 50-60',
      'voicemail 60-70',
      'fax 70-80',
      'other 80-500',
    ])
  })

  it('so that the intervals of a leg add up to its total exactly', () => {
    expect(lengthOf(leg)).toBe(500)
    for (const [index, { from }] of leg.intervals.entries()) {
      expect(leg.intervals[index - 1]?.to ?? from).toEqual(from)
    }
  })
})

describe('L3 a repeated state splits nothing:', () => {
  const repeated = [
    ['mute', { muted: true }],
    ['a recording', { recordings: [{ id: '1', active: true }] }],
    ['a name', { from: { name: 'Ada Winter' } }],
    ['a reason', { reason: 'CallRedirected' }],
  ] as const
  it.each(repeated)('%s', (_, fields) => {
    const leg = onlyLegOf(step(2, 0, 'Answered'), step(3, 50, 'Answered', fields))
    expect(leg).toMatchObject({ intervals: [], current: { state: 'talk', from: { sequence: 2 } } })
    const ended = onlyLegOf(step(2, 0, 'Answered'), step(3, 50, 'Answered', fields), step(4, 90, 'Disconnected'))
    expect(describeIntervals(ended)).toEqual(['talk 0-90'])
  })

  it('another spelling of it, and another unknown one', () => {
    const leg = onlyLegOf(step(2, 0, 'VoiceMail'), step(3, 5, 'Voicemail'), step(4, 9, 'VMScreening'))
    expect(leg).toMatchObject({ intervals: [], current: { state: 'voicemail', from: { sequence: 2 } } })
    const odd = onlyLegOf(step(2, 0, 'Levitating'), step(3, 5, 'Spinning'))
    expect(odd).toMatchObject({ intervals: [], current: { state: 'other', from: { sequence: 2 } } })
  })
})

describe('L4 after its end nothing of a leg counts', () => {
  it.each([
    ['Disconnected', 'disconnected'],
    ['Gone', 'gone'],
  ])('after %s', (code, kind) => {
    const leg = onlyLegOf(
      step(2, 0, 'Answered'),
      step(3, 50, code, { reason: 'CallFlip' }),
      step(4, 70, 'Hold'),
      step(5, 99, 'Disconnected', { reason: 'Pickup' }),
    )
    expect(leg).toMatchObject({
      current: undefined,
      end: { kind, at: { sequence: 3, code }, reason: 'CallFlip' },
      latestMs: START_MS + 50,
    })
    expect(describeIntervals(leg)).toEqual(['talk 0-50'])
  })

  it('and what came after it is counted', () => {
    const leg = onlyLegOf(step(2, 0, 'Gone'), step(3, 5, 'Setup'), step(4, 6, 'Gone'))
    expect(leg.eventsAfterEnd).toBe(2)
  })

  it('but what is told of the party is learned', () => {
    const leg = onlyLegOf(step(2, 0, 'Disconnected'), step(3, 5, 'Answered', { from: { name: 'Ada Winter' } }))
    expect(leg.from.name).toBe('Ada Winter')
  })
})

describe('L5 an event whose time lies before that of an earlier one counts at the latest of those', () => {
  it('and is counted as a backward step', () => {
    const leg = onlyLegOf(step(2, 100, 'Setup'), step(3, 40, 'Proceeding'), step(4, 130, 'Disconnected'))
    expect(describeIntervals(leg)).toEqual(['setup 100-100', 'ring 100-130'])
    expect(leg.backwardSteps).toBe(1)
  })

  it('also of one that changed no state', () => {
    const leg = onlyLegOf(step(2, 0, 'Answered'), step(3, 100, 'Answered'), step(4, 60, 'Disconnected'))
    expect(describeIntervals(leg)).toEqual(['talk 0-100'])
    expect(leg.backwardSteps).toBe(1)
  })

  it('one of all those before it, not only of the last', () => {
    const leg = onlyLegOf(step(2, 100, 'Setup'), step(3, 50, 'Proceeding'), step(4, 80, 'Answered'))
    expect(leg).toMatchObject({ latestMs: START_MS + 100, backwardSteps: 2, current: { from: { sequence: 4 } } })
  })

  it('and equal times give intervals of no length and are no step backward', () => {
    const leg = onlyLegOf(step(2, 100, 'Setup'), step(3, 100, 'Proceeding'), step(4, 100, 'Disconnected'))
    expect(describeIntervals(leg)).toEqual(['setup 100-100', 'ring 100-100'])
    expect(leg.backwardSteps).toBe(0)
  })

  it('and an event after the end is no step backward', () => {
    const leg = onlyLegOf(step(2, 100, 'Gone'), step(3, 50, 'Setup'))
    expect(leg).toMatchObject({ backwardSteps: 0, eventsAfterEnd: 1, latestMs: START_MS + 100 })
  })
})

it("L6 times of one leg say nothing about another's", () => {
  const call = callOf(
    step(2, 900, 'Setup', { id: 'p-1' }),
    step(3, 100, 'Setup', { id: 'p-2' }),
    step(4, 300, 'Answered', { id: 'p-2' }),
    step(5, 950, 'Answered', { id: 'p-1' }),
  )
  expect(call.legs.map(({ backwardSteps }) => backwardSteps)).toEqual([0, 0])
  expect(call.legs.map(describeIntervals)).toEqual([['setup 900-950'], ['setup 100-300']])
})

describe('N4 words that nobody knows are counted,', () => {
  it('statuses and reasons, one for each event, also after the end', () => {
    const leg = onlyLegOf(
      step(2, 0, 'Levitating'),
      step(3, 5, 'Answered'),
      step(4, 9, 'Hold', { reason: 'Bored' }),
      step(5, 12, 'Spinning', { reason: 'Dizzy' }),
      step(6, 20, 'Disconnected', { reason: 'rejected' }),
      step(7, 30, 'Floating'),
    )
    expect(leg.unrecognisedReports).toBe(4)
  })

  it('and put the leg in the state `other`, under the word as it was spelled', () => {
    expect(onlyLegOf(step(2, 0, 'LeviTating')).current).toEqual({
      state: 'other',
      from: { sequence: 2, code: 'LeviTating', timeMs: START_MS },
    })
  })

  it('and keep nothing from ending the leg', () => {
    expect(onlyLegOf(step(2, 0, 'disconnected', { reason: 'Bored' }))).toMatchObject({
      end: { kind: 'disconnected', reason: 'Unrecognised', at: { code: 'disconnected' } },
    })
  })
})

it('the end says where the party went', () => {
  const peerId = { telephonySessionId: 's-2', partyId: 'p-2-3', sessionId: '8' }
  expect(onlyLegOf(step(2, 0, 'Gone', { reason: 'Pickup', peerId })).end).toMatchObject({
    kind: 'gone',
    reason: 'Pickup',
    peer: peerId,
  })
})

describe('what a leg has been through', () => {
  const leg = onlyLegOf(step(2, 0, 'Proceeding'), step(3, 10, 'Answered'), step(4, 20, 'Hold'), step(5, 30, 'Answered'))
  const ended = onlyLegOf(step(4, 30, 'Gone'))

  it('began with its first event, be that its end', () => {
    expect(selectStart(leg)).toEqual({ sequence: 2, code: 'Proceeding', timeMs: START_MS })
    expect(selectStart(onlyLegOf(step(3, 20, 'Setup')))).toMatchObject({ sequence: 3 })
    expect(selectStart(ended)).toMatchObject({ sequence: 4, code: 'Gone' })
  })

  it('has each state in order, the present one included', () => {
    expect(selectStates(leg)).toEqual(['ring', 'talk', 'hold', 'talk'])
    expect(selectStates(ended)).toEqual([])
  })

  it('entered each state a first time', () => {
    const first = (state: Parameters<typeof selectFirst>[1]) => selectFirst(leg, state)?.sequence
    expect([first('ring'), first('talk'), first('hold'), first('setup')]).toEqual([2, 3, 4, undefined])
    expect(selectFirst(onlyLegOf(step(2, 0, 'Setup'), step(3, 1, 'Hold')), 'hold')?.sequence).toBe(3)
  })
})

describe('the order of legs', () => {
  it('as the platform counted them is that of the number at the end', () => {
    const ids = ['p-s-10', 'p-s-2', 'p-s-1', 'p-s-11', 'p-s-2']
    expect(ids.sort(compareIds)).toEqual(['p-s-1', 'p-s-2', 'p-s-2', 'p-s-10', 'p-s-11'])
  })

  it('in a call is the plain order of their ids, whichever was seen first', () => {
    const tracker = new Tracker('s-1')
    const ids = ['p-10', 'p-2', 'p-1']
    for (const [index, id] of ids.entries()) tracker.take(step(index + 2, 0, 'Setup', { id }))
    expect(tracker.call.legs.map((leg) => leg.id)).toEqual(['p-1', 'p-10', 'p-2'])
    const call = callOf(decode(buildEnvelope({ parties: [buildParty({ id: 'p-2' }), buildParty({ id: 'p-1' })] })))
    expect(compareLegs(legOf(call, 'p-1'), legOf(call, 'p-2'))).toBe(-1)
    expect(compareLegs(legOf(call, 'p-2'), legOf(call, 'p-1'))).toBe(1)
    expect(compareLegs(legOf(call, 'p-1'), legOf(call, 'p-1'))).toBe(0)
  })
})

describe('which of two comes first', () => {
  const markOf = (sequence: number | undefined): Mark => ({ sequence, code: 'Answered', timeMs: 0 })
  it.each([
    [2, 3, true],
    [3, 2, false],
    [2, 2, false],
    [2, undefined, true],
    [undefined, 2, false],
    [undefined, undefined, false],
  ])('%s before %s: %s', (a, b, before) => {
    expect(comesBefore(markOf(a), markOf(b))).toBe(before)
  })
})
