import { describe, expect, it } from 'vitest'
import { linkCalls } from '../../../shared/call/journey.ts'
import type { Call } from '../../../shared/call/state.ts'
import type { Figure } from '../../../shared/metrics/figure.ts'
import { type JourneyFigures, measureJourney } from '../../../shared/metrics/journey.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import { type StepFields, step } from '../../support/notification.ts'
import { trackAll } from '../../support/track-all.ts'

/** One event: what a party of a session does, ms after the start. */
type Line = readonly [sequence: number, ms: number, who: StepFields, code: string, more?: StepFields]

function callIn(telephonySessionId: string, ...lines: readonly Line[]): Call {
  const events = lines.map(
    ([sequence, ms, who, code, more]): TelephonyNotification =>
      step(sequence, ms, code, { ...who, ...more }, { telephonySessionId }),
  )
  return trackAll(telephonySessionId, events).call
}

function measure(...calls: readonly Call[]): JourneyFigures {
  const [journey, ...others] = linkCalls(calls)
  if (journey === undefined || others.length > 0) throw new Error('the calls should be one journey')
  return measureJourney(journey)
}

const listHad = ({ had }: JourneyFigures) => had.map(({ leg, talk }) => [leg.id, talk.ms])

const explain = ({ stretches }: Figure) => stretches.map(({ from, to }) => `#${from.sequence} → #${to.sequence}`)

const goTo = (telephonySessionId: string, partyId: string, reason = 'AttendedTransfer'): StepFields => ({
  reason,
  peerId: { telephonySessionId, partyId },
})

const ada: StepFields = { id: 'a-1', direction: 'Outbound', extensionId: undefined }
const bea: StepFields = { id: 'a-2', direction: 'Inbound', extensionId: '200' }
const sam: StepFields = { id: 'a-3', direction: 'Inbound', extensionId: '300' }

/** Ada waits 100 ms, talks with Bea for 200, is passed on and waits 50, and talks with Sam for 400. */
const transferred = callIn(
  's-1',
  [2, 0, ada, 'Answered'],
  [3, 10, bea, 'Proceeding'],
  [4, 100, bea, 'Answered'],
  [5, 300, bea, 'Disconnected', { reason: 'BlindTransfer' }],
  [6, 310, sam, 'Proceeding'],
  [7, 350, sam, 'Answered'],
  [8, 750, ada, 'Disconnected'],
  [9, 760, sam, 'Disconnected'],
)

describe('J4 those who had the customer', () => {
  it('are not those whom a colleague had, in whose place the customer comes to another session', () => {
    const first = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, bea, 'Answered'],
      [4, 300, ada, 'Gone', goTo('s-2', 'b-1')],
      [5, 300, bea, 'Disconnected'],
    )
    const question = callIn(
      's-2',
      [2, 200, { ...bea, id: 'b-1', direction: 'Outbound' }, 'Answered'],
      [3, 250, { ...sam, id: 'b-2' }, 'Answered'],
      [4, 300, { ...bea, id: 'b-1' }, 'Disconnected'],
      [5, 700, { ...sam, id: 'b-2' }, 'Disconnected'],
    )
    expect(listHad(measure(first, question))).toEqual([['a-2', 200]])
  })

  it('are the people who talked with them, in the order of the first word', () => {
    expect(listHad(measure(transferred))).toEqual([
      ['a-2', 200],
      ['a-3', 400],
    ])
  })

  it('are in the order of the first word, not of the first ring', () => {
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 10, bea, 'Proceeding'],
      [4, 20, sam, 'Answered'],
      [5, 100, bea, 'Answered'],
      [6, 900, ada, 'Disconnected'],
      [7, 900, bea, 'Disconnected'],
      [8, 900, sam, 'Disconnected'],
    )
    expect(listHad(measure(call))).toEqual([
      ['a-3', 880],
      ['a-2', 800],
    ])
  })

  it('are listed once each, though they came back, as another party or as two at once', () => {
    const again = { ...bea, id: 'a-4' }
    const both = { ...bea, id: 'a-5' }
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, bea, 'Answered'],
      [4, 200, bea, 'Disconnected', { reason: 'CallFlip' }],
      [5, 250, again, 'Answered'],
      [6, 300, both, 'Answered'],
      [7, 400, again, 'Disconnected'],
      [8, 500, both, 'Disconnected'],
      [9, 510, ada, 'Disconnected'],
    )
    const figures = measure(call)
    expect(listHad(figures)).toEqual([['a-2', 350]])
    expect(figures.had.map(({ talk }) => explain(talk))).toEqual([['#3 → #4', '#5 → #8']])
  })

  it('are told apart outside the company by their numbers', () => {
    const outside = (id: string, phoneNumber: string): StepFields => ({
      id,
      direction: 'Inbound',
      extensionId: undefined,
      to: { phoneNumber },
    })
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, outside('a-2', '+12065550147'), 'Answered'],
      [4, 200, outside('a-2', '+12065550147'), 'Disconnected'],
      [5, 300, outside('a-3', '+12065550148'), 'Answered'],
      [6, 350, outside('a-3', '+12065550148'), 'Disconnected'],
      [7, 400, outside('a-4', '+12065550147'), 'Answered'],
      [8, 420, outside('a-4', '+12065550147'), 'Disconnected'],
      [9, 430, ada, 'Disconnected'],
    )
    expect(listHad(measure(call))).toEqual([
      ['a-2', 120],
      ['a-3', 50],
    ])
  })

  it('are neither machines nor listeners', () => {
    const menu = { ...sam, extensionId: '900' }
    const listener = { ...sam, id: 'a-9', muted: true }
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 10, menu, 'Answered'],
      [4, 90, menu, 'Disconnected', { reason: 'CallerInputRedirect' }],
      [5, 100, bea, 'Answered'],
      [6, 150, listener, 'Answered'],
      [7, 800, bea, 'Disconnected'],
      [8, 810, ada, 'Disconnected'],
      [9, 820, listener, 'Disconnected'],
    )
    expect(listHad(measure(call))).toEqual([['a-2', 700]])
  })

  it('are no listeners that come from another session and are not muted', () => {
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, bea, 'Answered'],
      [6, 150, sam, 'Answered'],
      [7, 800, bea, 'Disconnected'],
      [8, 810, ada, 'Disconnected'],
      [9, 820, sam, 'Disconnected'],
    )
    const before = { ...sam, id: 'b-1', direction: 'Outbound' }
    const listening = callIn(
      's-2',
      [2, 120, before, 'Answered'],
      [3, 150, before, 'Gone', goTo('s-1', 'a-3', 'Supervising')],
    )
    expect(listHad(measure(call, listening))).toEqual([['a-2', 700]])
  })

  it('had them while neither was on hold', () => {
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, bea, 'Answered'],
      [4, 200, bea, 'Hold'],
      [5, 300, bea, 'Answered'],
      [6, 400, ada, 'Hold'],
      [7, 450, ada, 'Answered'],
      [8, 800, ada, 'Disconnected'],
      [9, 810, bea, 'Disconnected'],
    )
    expect(listHad(measure(call))).toEqual([['a-2', 550]])
  })

  it('are nobody where nobody answered', () => {
    expect(listHad(measure(callIn('s-1', [2, 0, ada, 'Answered'], [3, 90, ada, 'Disconnected'])))).toEqual([])
  })
})

/** Bea asks Sam while Ada is on hold, then ties the two together: Sam becomes a party of Ada's session. */
const asking = {
  first: callIn(
    's-1',
    [2, 0, ada, 'Answered'],
    [3, 100, bea, 'Answered'],
    [4, 200, bea, 'Hold'],
    [5, 600, bea, 'Gone', goTo('s-2', 'b-1')],
    [6, 1000, ada, 'Disconnected'],
  ),
  second: callIn(
    's-2',
    [2, 210, { ...bea, id: 'b-1', direction: 'Outbound' }, 'Answered'],
    [3, 300, { ...sam, id: 'b-2' }, 'Answered'],
    [4, 600, { ...bea, id: 'b-1', direction: 'Outbound' }, 'Disconnected', { reason: 'AttendedTransfer' }],
    [5, 1010, { ...sam, id: 'b-2' }, 'Disconnected'],
  ),
}

describe('J3 sessions are one conversation', () => {
  const figures = measure(asking.first, asking.second)

  it('from the Gone on that ties them: the two who stay talk across both', () => {
    expect(listHad(figures)).toEqual([
      ['a-2', 100],
      ['b-2', 400],
    ])
    expect(figures.had.map(({ talk }) => explain(talk))[1]).toEqual(['#5 → #6'])
  })

  it('and not before: a consultation is no talk with the customer', () => {
    expect(figures.had.find(({ leg }) => leg.id === 'b-2')?.talk.ms).toBe(400)
    expect(figures.wait?.ms).toBe(100 + 400)
  })

  it('also where the customer is who goes to the other session', () => {
    const parked = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, bea, 'Answered'],
      [4, 200, bea, 'Parked'],
      [5, 210, bea, 'Disconnected'],
      [6, 500, ada, 'Gone', goTo('s-2', 'b-1', 'Pickup')],
    )
    const fetched = callIn(
      's-2',
      [2, 450, { ...sam, id: 'b-2' }, 'Answered'],
      [3, 500, { ...ada, id: 'b-1' }, 'Answered'],
      [4, 900, { ...ada, id: 'b-1' }, 'Disconnected'],
      [5, 910, { ...sam, id: 'b-2' }, 'Disconnected'],
    )
    const { had, wait } = measure(parked, fetched)
    expect(listHad({ had, wait })).toEqual([
      ['a-2', 100],
      ['b-2', 400],
    ])
    expect(wait?.ms).toBe(100 + 300)
  })
})

describe('J5 the total wait', () => {
  it('is all the time from the first event until the customer left in which they talked with nobody', () => {
    const { wait } = measure(transferred)
    expect(wait?.ms).toBe(100 + 50)
    expect(wait && explain(wait)).toEqual(['#2 → #4', '#5 → #7'])
  })

  it('has holds and parking places in it', () => {
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 100, bea, 'Answered'],
      [4, 200, bea, 'Hold'],
      [5, 300, bea, 'Answered'],
      [6, 400, bea, 'Parked'],
      [7, 700, bea, 'Answered'],
      [8, 800, ada, 'Disconnected'],
      [9, 810, bea, 'Disconnected'],
    )
    expect(measure(call).wait?.ms).toBe(100 + 100 + 300)
  })

  it('is until they left, not until the last of the others did', () => {
    const call = callIn(
      's-1',
      [2, 0, ada, 'Answered'],
      [3, 10, bea, 'Proceeding'],
      [4, 500, ada, 'Disconnected'],
      [5, 900, bea, 'Disconnected'],
    )
    expect(measure(call).wait?.ms).toBe(500)
  })

  it('is unknown while any of it goes on', () => {
    expect(measure(callIn('s-1', [2, 0, ada, 'Answered'], [3, 100, bea, 'Answered'])).wait).toBeUndefined()
    const live = callIn('s-2', [2, 210, { ...sam, id: 'b-2' }, 'Answered'])
    expect(measure(asking.first, live).wait).toBeUndefined()
  })

  it('is unknown when they were never seen', () => {
    const call = callIn('s-1', [2, 0, bea, 'Answered'], [3, 100, bea, 'Disconnected'])
    expect(measure(call)).toEqual({ had: [], wait: undefined })
  })
})

describe('J2 the journey of an outside person who was called', () => {
  it('is measured from their side', () => {
    const grace: StepFields = { id: 'a-2', direction: 'Inbound', extensionId: undefined }
    const call = callIn(
      's-1',
      [2, 0, { ...bea, id: 'a-1', direction: 'Outbound' }, 'Answered'],
      [3, 10, grace, 'Proceeding'],
      [4, 100, grace, 'Answered'],
      [5, 400, { ...bea, id: 'a-1', direction: 'Outbound' }, 'Disconnected'],
      [6, 420, grace, 'Disconnected'],
    )
    expect(listHad(measure(call))).toEqual([['a-1', 300]])
    expect(measure(call).wait?.ms).toBe(120)
  })
})

describe('F9 the figures of a journey', () => {
  it('say what is missing in any of its sessions', () => {
    const [journey] = linkCalls([asking.first, asking.second])
    const missing = new Map([['s-2', [3]]])
    const figures = journey && measureJourney(journey, missing)
    const estimates = [{ because: 'missing', sequences: [3] }]
    expect(figures?.wait?.estimates).toEqual(estimates)
    expect(figures?.had.map(({ talk }) => talk.estimates)).toEqual([estimates, estimates])
  })

  it('are exact when nothing is', () => {
    const { had, wait } = measure(transferred)
    for (const figure of [wait, ...had.map(({ talk }) => talk)]) expect(figure?.estimates).toEqual([])
  })
})
