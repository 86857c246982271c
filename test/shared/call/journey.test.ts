import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGroups, type Journey, linkCalls } from '../../../shared/call/journey.ts'
import type { Call } from '../../../shared/call/state.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { trackAll } from '../../support/track-all.ts'

/** An event of one party in a session of its own name. */
function inSession(
  telephonySessionId: string,
  sequence: number,
  ms: number,
  code: string,
  fields: StepFields,
): TelephonyNotification {
  return step(sequence, ms, code, fields, { telephonySessionId })
}

function callIn(telephonySessionId: string, ...notifications: readonly TelephonyNotification[]): Call {
  return trackAll(telephonySessionId, notifications).call
}

/** A call in a session, from one who calls to one who is called; either may leave to another session. */
function callBetween(id: string, startMs: number, from: StepFields, to: StepFields, ...more: TelephonyNotification[]) {
  return callIn(
    id,
    inSession(id, 2, startMs, 'Answered', { id: `${id}-1`, direction: 'Outbound', ...from }),
    inSession(id, 3, startMs + 5, 'Answered', { id: `${id}-2`, direction: 'Inbound', ...to }),
    ...more,
  )
}

const ada = { extensionId: undefined, from: { phoneNumber: '+14085550123' } }
const bea = { extensionId: '200' }
const sam = { extensionId: '300' }

const gone = (id: string, partyId: string, to: string, toPartyId?: string, reason = 'AttendedTransfer') =>
  inSession(id, 9, 900, 'Gone', {
    id: partyId,
    extensionId: undefined,
    direction: undefined,
    reason,
    peerId: { telephonySessionId: to, partyId: toPartyId },
  })

const sessionsOf = (journeys: readonly Journey[]) =>
  journeys.map(({ calls }) => calls.map(({ telephonySessionId }) => telephonySessionId))

describe('J1 sessions are one journey', () => {
  it('when a party of one is gone to the other', () => {
    const calls = [callBetween('s-1', 0, ada, bea, gone('s-1', 's-1-2', 's-2')), callBetween('s-2', 50, bea, sam)]
    expect(sessionsOf(linkCalls(calls))).toEqual([['s-1', 's-2']])
  })

  it('by their start, whichever was listed first and whichever points to the other', () => {
    const calls = [
      callBetween('s-2', 50, bea, sam, gone('s-2', 's-2-1', 's-1'), gone('s-2', 's-2-2', 's-3')),
      callBetween('s-3', 70, sam, bea),
      callBetween('s-1', 0, ada, bea),
    ]
    expect(sessionsOf(linkCalls(calls))).toEqual([['s-1', 's-2', 's-3']])
  })

  it('also over several steps and in a circle', () => {
    const calls = [
      callBetween('s-1', 0, ada, bea, gone('s-1', 's-1-2', 's-2')),
      callBetween('s-2', 10, bea, sam, gone('s-2', 's-2-2', 's-3')),
      callBetween('s-3', 20, sam, bea, gone('s-3', 's-3-2', 's-1')),
      callBetween('s-4', 5, ada, sam),
    ]
    expect(sessionsOf(linkCalls(calls))).toEqual([['s-1', 's-2', 's-3'], ['s-4']])
  })

  it('not when nothing ties them, be it the same people at the same time', () => {
    const calls = [callBetween('s-1', 0, ada, bea), callBetween('s-2', 0, ada, bea)]
    expect(sessionsOf(linkCalls(calls))).toEqual([['s-1'], ['s-2']])
  })

  it('not by a session that was never seen', () => {
    const calls = [
      callBetween('s-1', 0, ada, bea, gone('s-1', 's-1-2', 's-9')),
      callBetween('s-2', 10, ada, sam, gone('s-2', 's-2-2', 's-9')),
    ]
    expect(sessionsOf(linkCalls(calls))).toEqual([['s-1'], ['s-2']])
  })

  it('and a blind transfer stays in its session', () => {
    const call = callBetween(
      's-1',
      0,
      ada,
      bea,
      inSession('s-1', 4, 50, 'Disconnected', { id: 's-1-2', ...bea, reason: 'BlindTransfer' }),
      inSession('s-1', 5, 60, 'Answered', { id: 's-1-3', ...sam }),
    )
    expect(sessionsOf(linkCalls([call]))).toEqual([['s-1']])
  })

  it('the same in whatever order they are listed', () => {
    const calls = [
      callBetween('s-1', 0, ada, bea, gone('s-1', 's-1-2', 's-2')),
      callBetween('s-2', 0, bea, sam),
      callBetween('s-3', 0, ada, sam, gone('s-3', 's-3-2', 's-4')),
      callBetween('s-4', 0, sam, bea),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(calls, { minLength: calls.length }), (shuffled) => {
        expect(sessionsOf(linkCalls(shuffled))).toEqual([
          ['s-1', 's-2'],
          ['s-3', 's-4'],
        ])
      }),
    )
  })
})

describe('J2 the journey is that of', () => {
  const ownerOf = (...calls: readonly Call[]) => {
    const [journey] = linkCalls(calls)
    return { caller: journey?.caller?.id, customer: journey?.customer?.id }
  }

  it('the outside person who called', () => {
    expect(ownerOf(callBetween('s-1', 0, ada, bea))).toEqual({ caller: 's-1-1', customer: 's-1-1' })
  })

  it('the outside person who was called', () => {
    expect(ownerOf(callBetween('s-1', 0, bea, ada))).toEqual({ caller: 's-1-1', customer: 's-1-2' })
  })

  it('the one who was called first, of several', () => {
    const call = callBetween('s-1', 0, bea, ada, inSession('s-1', 4, 9, 'Answered', { id: 's-1-3', ...ada }))
    expect(ownerOf(call).customer).toBe('s-1-2')
  })

  it('the caller, between colleagues', () => {
    expect(ownerOf(callBetween('s-1', 0, bea, sam))).toEqual({ caller: 's-1-1', customer: 's-1-1' })
  })

  it('who began the first session, not who began another of it', () => {
    const second = callBetween('s-2', 50, bea, ada)
    expect(ownerOf(second, callBetween('s-1', 0, ada, bea, gone('s-1', 's-1-2', 's-2')))).toEqual({
      caller: 's-1-1',
      customer: 's-1-1',
    })
  })

  it('the outside person who was called, when nothing was seen of the caller', () => {
    const call = callIn('s-1', inSession('s-1', 3, 0, 'Answered', { id: 's-1-2', ...ada }))
    expect(ownerOf(call)).toEqual({ caller: undefined, customer: 's-1-2' })
  })

  it('nobody who was seen, when neither was', () => {
    const call = callIn('s-1', inSession('s-1', 3, 0, 'Answered', { id: 's-1-2', ...bea }))
    expect(ownerOf(call)).toEqual({ caller: undefined, customer: undefined })
  })
})

describe('C3 who listens in is known from the session that they came from', () => {
  it('as the party that they were and the one that they are', () => {
    const calls = [
      callBetween('s-1', 0, ada, bea),
      callBetween('s-2', 50, sam, bea, gone('s-2', 's-2-1', 's-1', 's-1-3', 'Supervising')),
    ]
    expect(linkCalls(calls).map(({ monitorIds }) => [...monitorIds])).toEqual([['s-2-1', 's-1-3']])
  })

  it('as the party that they were, when it does not say which they are', () => {
    const calls = [callBetween('s-2', 50, sam, bea, gone('s-2', 's-2-1', 's-1', undefined, 'Supervising'))]
    expect(linkCalls(calls).map(({ monitorIds }) => [...monitorIds])).toEqual([['s-2-1']])
  })

  it.each([
    ['it does not say which they are', undefined],
    ['it names whom they listen to', 's-1-2'],
  ])('as their own party there, when %s', (_, named) => {
    const there = inSession('s-1', 9, 60, 'Answered', { id: 's-1-3', ...sam, direction: 'Outbound' })
    const calls = [
      callIn('s-1', inSession('s-1', 3, 0, 'Answered', { id: 's-1-2', ...bea }), there),
      callBetween('s-2', 50, sam, bea, gone('s-2', 's-2-1', 's-1', named, 'Supervising')),
    ]
    expect(linkCalls(calls).map(({ monitorIds }) => [...monitorIds])).toEqual([['s-2-1', 's-1-3']])
  })

  it('and who is gone for another reason does not', () => {
    const calls = [callBetween('s-2', 50, sam, bea, gone('s-2', 's-2-1', 's-1', 's-1-3'))]
    expect(linkCalls(calls).map(({ monitorIds }) => monitorIds.size)).toEqual([0])
  })
})

describe('groups', () => {
  it('are found under one name once they are joined, by whatever way', () => {
    const groups = createGroups(['a', 'b', 'c', 'd'])
    groups.join('a', 'b')
    groups.join('c', 'b')
    groups.join('b', 'a')
    expect(groups.find('a')).toBe(groups.find('c'))
    expect(groups.find('d')).toBe('d')
  })

  it('have nobody in them whose name was never given', () => {
    const groups = createGroups(['a', 'b'])
    groups.join('a', 'z')
    groups.join('b', 'z')
    expect(groups.find('a')).not.toBe(groups.find('b'))
    expect(groups.find('z')).toBe('z')
  })
})
