import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MyCall, selectMyCalls } from '../../../shared/call/my-calls.ts'
import type { CallView } from '../../../shared/call/view.ts'
import { hasOwnCard } from '../../../shared/call/worth-a-card.ts'
import type { TelephonyNotification } from '../../../shared/protocol/notification.ts'
import {
  ALL_SCENARIOS,
  attendedTransferByBea,
  attendedTransferToBea,
  conference,
  customerTakesPlace,
  listenedToByBea,
  mergedIntoCall,
  pickedUpByBea,
  transferredTwice,
} from '../../support/tied-scenarios.ts'
import {
  answered,
  decodeTiedSessions,
  extensionOf,
  PEOPLE,
  type Step,
  type TiedSessions,
} from '../../support/tied-sessions.ts'
import { anyArrival, followTold } from '../../support/told.ts'

const BEA = extensionOf('bea')

function myCalls(events: readonly TelephonyNotification[], extensionId: string = BEA): readonly MyCall[] {
  return selectMyCalls(
    followTold(events).map(({ call }) => call),
    extensionId,
  )
}

/** What the sessions are to a person, by session. */
function partsOf(tied: TiedSessions, extensionId: string = BEA): unknown {
  const mine = myCalls(decodeTiedSessions(tied), extensionId)
  return Object.fromEntries(
    mine.map(({ call, kind, customerCallId }) => [call.telephonySessionId, [kind, customerCallId]]),
  )
}

/** The view of one session after each event of all, from the first in which it is there. */
function viewsOf(tied: TiedSessions, session: string, extensionId: string = BEA): readonly CallView[] {
  const events = decodeTiedSessions(tied)
  return events.flatMap((_, index) => {
    const mine = myCalls(events.slice(0, index + 1), extensionId)
    return mine.find(({ call }) => call.telephonySessionId === session)?.view ?? []
  })
}

const namesOf = (views: readonly CallView[]) => [...new Set(views.map(({ counterpart }) => counterpart.name))]

it('J7 the other side is found also where two transfers name each other and nobody is told to have left', () => {
  const names = (session: string, who: 'bea' | 'noor') => ({ session, who })
  const tied: TiedSessions = {
    sessions: { s: { from: 'sam', to: 'bea' }, t: { from: 'ines', to: 'noor' } },
    steps: [
      ...answered('s', 0, { from: 'sam', to: 'bea' }),
      ...answered('t', 0, { from: 'ines', to: 'noor' }),
      { session: 's', atMs: 40_000, who: 'sam', code: 'Gone', reason: 'AttendedTransfer', to: names('t', 'noor') },
      { session: 't', atMs: 50_000, who: 'ines', code: 'Gone', reason: 'AttendedTransfer', to: names('s', 'bea') },
    ],
  }
  // Sam has left her with Noor, and Ines has left them both.
  expect(viewsOf(tied, 's').at(-1)?.counterpart.name).toBe('Noor Haddad')
})

describe('J7 the other side after an attended transfer to me is the customer', () => {
  const shapes: readonly (readonly [string, TiedSessions])[] = [
    ['who called', attendedTransferToBea()],
    ['who was called', attendedTransferToBea({ customer: { from: 'sam', to: 'ada' } })],
    ['when the platform does not name the parties', attendedTransferToBea({ isNamed: false })],
    ['when it gives a reason that is not known', attendedTransferToBea({ reason: 'Hologram' })],
    ['when one side of it is lost', attendedTransferToBea({ lost: ['customer'] })],
    ['when the other side of it is lost', attendedTransferToBea({ lost: ['consultation'] })],
    ['when my leg is moved to their session', attendedTransferToBea({ isMoved: true })],
    ['when those who stay are named', attendedTransferToBea({ names: { customer: 'bea', consultation: 'ada' } })],
    ['when I am named', attendedTransferToBea({ names: { customer: 'bea' }, lost: ['consultation'] })],
    ['when they are named', attendedTransferToBea({ names: { consultation: 'ada' }, lost: ['customer'] })],
    ['when they take the colleague’s place', customerTakesPlace('sam')],
    ['when they come to me', customerTakesPlace('bea')],
    ['when they come to my session', customerTakesPlace(undefined)],
  ]
  it.each(shapes)('%s', (_, tied) => {
    const views = viewsOf(tied, 's')
    expect(namesOf(views)).toEqual(['Sam Okafor', 'Ada Winter'])
    expect(views.at(-1)).toMatchObject({
      counterpart: { name: 'Ada Winter', phoneNumber: PEOPLE.ada.phoneNumber, extensionId: undefined },
      direction: 'Inbound',
      phase: 'ended',
      outcome: 'answered',
    })
  })

  it('where the customer comes to what was dialled, and their party there tells nothing else', () => {
    const tied: TiedSessions = {
      sessions: { t: { from: 'ada', to: 'sam' }, p: { from: 'bea', to: 'parkingPlace' } },
      steps: [
        ...answered('t', 0, { from: 'ada', to: 'sam' }),
        { session: 'p', atMs: 30_000, who: 'bea', code: 'Answered' },
        { session: 'p', atMs: 30_000, who: 'parkingPlace', code: 'Answered' },
        {
          session: 't',
          atMs: 30_000,
          who: 'ada',
          code: 'Gone',
          reason: 'Pickup',
          to: { session: 'p', who: 'parkingPlace' },
        },
      ],
    }
    expect(viewsOf(tied, 'p').at(-1)?.counterpart).toMatchObject({ name: 'Ada Winter' })
    expect(partsOf(tied)).toEqual({ p: ['call', 'p'] })
  })

  it('and my own leg is believed where the customer’s session tells no number', () => {
    const tied = attendedTransferToBea()
    const withheld = { from: {}, to: PEOPLE.sam }
    const steps = tied.steps.map((one) => (one.session === 't' ? { ...one, party: withheld } : one))
    const told = steps.map((one) =>
      one.session === 's' && one.atMs >= 40_000 && one.who === 'bea' ? { ...one, party: { from: PEOPLE.ada } } : one,
    )
    expect(viewsOf({ ...tied, steps }, 's').at(-1)?.counterpart).toMatchObject({ extensionId: undefined })
    expect(viewsOf({ ...tied, steps: told }, 's').at(-1)?.counterpart.phoneNumber).toBe(PEOPLE.ada.phoneNumber)
  })

  it('not before it', () => {
    const before = attendedTransferToBea()
    const steps = before.steps.filter(({ atMs }) => atMs < 40_000)
    expect(namesOf(viewsOf({ ...before, steps }, 's'))).toEqual(['Sam Okafor'])
  })

  it('not when I had left by then', () => {
    const tied = attendedTransferToBea()
    const steps = tied.steps.map((step) =>
      step.session === 's' && step.code === 'Disconnected' ? { ...step, atMs: 39_000 } : step,
    )
    expect(namesOf(viewsOf({ ...tied, steps: steps.toSorted((a, b) => a.atMs - b.atMs) }, 's'))).toEqual(['Sam Okafor'])
  })

  it('also at the end of a chain', () => {
    expect(namesOf(viewsOf(transferredTwice(), 'u'))).toEqual(['Sam Okafor', 'Ada Winter'])
    expect(namesOf(viewsOf(transferredTwice(), 's', extensionOf('sam')))).toEqual(['Noor Haddad', 'Ada Winter'])
  })

  it('and whoever connects keeps whom they had', () => {
    expect(namesOf(viewsOf(attendedTransferByBea(), 't'))).toEqual(['Ada Winter'])
    expect(namesOf(viewsOf(attendedTransferByBea(), 's'))).toEqual(['Sam Okafor'])
  })

  it('and a listener or somebody who picks up is nobody’s other side', () => {
    expect(namesOf(viewsOf(listenedToByBea(), 't', extensionOf('sam')))).toEqual(['Ada Winter'])
    expect(namesOf(viewsOf(pickedUpByBea(), 't', extensionOf('sam')))).toEqual(['Ada Winter'])
  })
})

describe('J8 while a conference goes on', () => {
  const live = conference('grace', { isEnded: false })

  it('each call that was merged goes on in it, with the others named', () => {
    const mine = myCalls(decodeTiedSessions(live))
    expect(mine.map(({ view }) => [view.telephonySessionId, view.phase, view.currentSessionId])).toEqual([
      ['a', 'talking', 'c'],
      ['b', 'talking', 'c'],
      ['c', 'talking', 'c'],
    ])
    const [a, b] = mine.map(({ view }) => [view.counterpart.name, view.conferenceWith.map(({ name }) => name)])
    expect([a, b]).toEqual([
      ['Ada Winter', ['Grace Okonkwo']],
      ['Grace Okonkwo', ['Ada Winter']],
    ])
  })

  it('those are named who are not told of in it', () => {
    const [a] = myCalls(decodeTiedSessions(conference('grace', { isEnded: false, isTold: false })))
    expect(a?.view.conferenceWith.map(({ name }) => name)).toEqual(['Grace Okonkwo'])
  })

  it('what is asked of the call is asked of my leg in it', () => {
    const [a] = myCalls(decodeTiedSessions(live))
    const room = followTold(decodeTiedSessions(live)).find(({ call }) => call.telephonySessionId === 'c')
    expect(a?.view.legId).toBe(room?.call.legs.find(({ extensionId }) => extensionId === BEA)?.id)
  })

  it('one call has a card, and the room has none', () => {
    const mine = myCalls(decodeTiedSessions(live))
    expect(mine.map((one) => hasOwnCard(one, BEA))).toEqual([true, true, false])
  })

  it('a colleague who was merged has the customer on the other side', () => {
    const views = viewsOf(conference('sam', { isEnded: false }), 'b', extensionOf('sam'))
    expect(namesOf(views)).toEqual(['Bea Lindqvist', 'Ada Winter'])
    expect(views.at(-1)).toMatchObject({ phase: 'talking', currentSessionId: 'c' })
  })

  it('each ends with it, and came out as answered', () => {
    const mine = myCalls(decodeTiedSessions(conference()))
    expect(mine.map(({ view }) => [view.phase, view.outcome])).toEqual(Array(3).fill(['ended', 'answered']))
  })

  it('a call whose room is not seen yet has ended, and goes on when it is', () => {
    const events = decodeTiedSessions(live)
    const unseen = myCalls(events.filter(({ telephonySessionId }) => telephonySessionId !== 'c'))
    expect(unseen.map(({ view }) => view.phase)).toEqual(['ended', 'ended'])
  })
})

describe('J9 what counts as a call:', () => {
  it('one that I connected, with the consultation as a part of it', () => {
    expect(partsOf(attendedTransferByBea())).toEqual({ t: ['call', 't'], s: ['consultation', 't'] })
    expect(partsOf(attendedTransferByBea('grace'))).toEqual({ t: ['call', 't'], s: ['consultation', 't'] })
  })

  it('one that was connected to me', () => {
    expect(partsOf(attendedTransferToBea())).toEqual({ s: ['call', 's'] })
    expect(partsOf(attendedTransferToBea({ isMoved: true }))).toEqual({ s: ['call', 's'], t: ['continuation', 's'] })
  })

  it('each customer’s of a conference, and the room as a part of the first', () => {
    expect(partsOf(conference())).toEqual({ a: ['call', 'a'], b: ['call', 'b'], c: ['continuation', 'a'] })
  })

  it('the customer’s of a conference with a colleague, and the colleague’s own', () => {
    const tied = conference('sam')
    expect(partsOf(tied)).toEqual({ a: ['call', 'a'], b: ['consultation', 'a'], c: ['continuation', 'a'] })
    expect(partsOf(tied, extensionOf('sam'))).toEqual({ b: ['call', 'b'], c: ['continuation', 'b'] })
  })

  it('one that I picked up, with what I dialled for it as a part of it', () => {
    expect(partsOf(pickedUpByBea())).toEqual({ t: ['call', 't'], p: ['passage', 't'] })
    expect(partsOf(pickedUpByBea(), extensionOf('sam'))).toEqual({ t: ['call', 't'] })
  })

  it('none that I listened to', () => {
    expect(partsOf(listenedToByBea())).toEqual({ l: ['listener', undefined], t: ['listener', undefined] })
    expect(partsOf(listenedToByBea(), extensionOf('sam'))).toEqual({ t: ['call', 't'] })
  })

  it('one that rang for me and was taken by a colleague, as that, though I listened to it later', () => {
    const { sessions, steps } = listenedToByBea()
    const listening = steps.map((one) => ({
      ...one,
      ...(one.session === 't' && one.who === 'bea' ? { nth: 2 } : {}),
      ...(one.to?.session === 't' ? { to: { ...one.to, nth: 2 } } : {}),
    }))
    const rang: readonly Step[] = [
      { session: 't', atMs: 100, who: 'bea', code: 'Proceeding', party: { queueCall: true } },
      { session: 't', atMs: 3100, who: 'bea', code: 'Disconnected', party: { queueCall: true } },
    ]
    const tied = { sessions, steps: [...listening, ...rang].toSorted((a, b) => a.atMs - b.atMs) }
    expect(partsOf(tied)).toEqual({ t: ['call', 't'], l: ['listener', undefined] })
    const views = viewsOf(tied, 't')
    expect(views.at(-1)).toMatchObject({ outcome: 'answeredElsewhere' })
    expect(views.map(({ phase }) => phase)).not.toContain('talking')
  })

  it('nothing that was dialled with a code and reached nobody', () => {
    const { sessions, steps } = pickedUpByBea()
    const dialled = steps.filter(({ session, atMs }) => session === 'p' && atMs < 30_200)
    expect(partsOf({ sessions, steps: dialled })).toEqual({ p: ['passage', undefined] })
  })

  it('one that I fetched, and not the code by which I did, also where no reason tells that it was a pick-up', () => {
    const { sessions, steps } = pickedUpByBea()
    const untold = steps.map(({ reason: _, ...step }) => step)
    const parts = { p: ['passage', 't'], t: ['call', 't'] }
    expect(partsOf({ sessions, steps })).toEqual(parts)
    expect(partsOf({ sessions, steps: untold })).toEqual(parts)
  })

  it('nothing that was dialled with a code and is told as a party that answers', () => {
    const place: TiedSessions = {
      sessions: { p: { from: 'bea', to: 'parkingPlace' } },
      steps: answered('p', 0, { from: 'bea', to: 'parkingPlace' }),
    }
    expect(partsOf(place)).toEqual({ p: ['passage', undefined] })
  })

  it('one that was dialled with a code before the number', () => {
    const { sessions, steps } = pickedUpByBea()
    const to = { phoneNumber: '*67+14085550123' }
    const dialled = steps
      .filter(({ session, atMs }) => session === 'p' && atMs < 30_200)
      .map((step) => ({ ...step, party: { to } }))
    expect(partsOf({ sessions, steps: dialled })).toEqual({ p: ['call', 'p'] })
  })

  it('one with the last caller, who was called by a code', () => {
    const reached: TiedSessions = {
      sessions: { p: { from: 'bea', to: 'parkingPlace' } },
      steps: [
        { session: 'p', atMs: 0, who: 'bea', code: 'Setup', party: { to: { phoneNumber: '*69' } } },
        { session: 'p', atMs: 100, who: 'ada', code: 'Proceeding' },
      ],
    }
    expect(partsOf(reached)).toEqual({ p: ['call', 'p'] })
  })

  it('one with somebody who was parked and is brought to who dialled for them', () => {
    const tied: TiedSessions = {
      sessions: { t: { from: 'ada', to: 'sam' }, p: { from: 'bea', to: 'parkingPlace' } },
      steps: [
        ...answered('t', 0, { from: 'ada', to: 'sam' }),
        { session: 't', atMs: 20_000, who: 'sam', code: 'Parked', reason: 'CallPark', party: { park: { id: '*801' } } },
        { session: 'p', atMs: 30_000, who: 'bea', code: 'Answered' },
        { session: 'p', atMs: 30_200, who: 'ada', nth: 1, code: 'Answered' },
        {
          session: 't',
          atMs: 30_200,
          who: 'ada',
          code: 'Gone',
          reason: 'Pickup',
          to: { session: 'p', who: 'ada', nth: 1 },
        },
        { session: 't', atMs: 30_200, who: 'sam', code: 'Disconnected', reason: 'Pickup' },
        { session: 'p', atMs: 60_000, who: 'bea', code: 'Disconnected' },
        { session: 'p', atMs: 60_010, who: 'ada', nth: 1, code: 'Disconnected' },
      ],
    }
    expect(partsOf(tied)).toEqual({ p: ['call', 'p'] })
    expect(viewsOf(tied, 'p').at(-1)).toMatchObject({ outcome: 'answered', counterpart: { name: 'Ada Winter' } })
    expect(partsOf(tied, extensionOf('sam'))).toEqual({ t: ['call', 't'] })
  })

  it.each(['AgentAnswered', 'CallerInputRedirect'])('one that rang and ended with %s', (reason) => {
    const rung: TiedSessions = {
      sessions: { t: { from: 'ada', to: 'bea' } },
      steps: [
        { session: 't', atMs: 0, who: 'ada', code: 'Answered' },
        { session: 't', atMs: 100, who: 'bea', code: 'Proceeding' },
        { session: 't', atMs: 9000, who: 'bea', code: 'Disconnected', reason },
      ],
    }
    expect(partsOf(rung)).toEqual({ t: ['call', 't'] })
  })

  it('each in which somebody from outside called, also when I connected them', () => {
    const { sessions, steps } = attendedTransferByBea('grace')
    const turned = { ...sessions, s: { from: 'grace', to: 'bea' } as const }
    expect(partsOf({ sessions: turned, steps })).toEqual({ t: ['call', 't'], s: ['call', 's'] })
  })

  it('each customer’s, where one is merged into the call of the other', () => {
    const tied = mergedIntoCall()
    expect(partsOf(tied)).toEqual({ t: ['call', 't'], s: ['call', 's'] })
    expect(viewsOf(tied, 's').at(-1)).toMatchObject({ phase: 'talking', currentSessionId: 't' })
  })

  it('one that was moved and came back, by where it began', () => {
    const gone = { who: 'bea', code: 'Gone', reason: 'AttendedTransfer' } as const
    const tied: TiedSessions = {
      sessions: { t: { from: 'ada', to: 'bea' }, s: { from: 'ada', to: 'bea' } },
      steps: [
        ...answered('t', 0, { from: 'ada', to: 'bea' }),
        { session: 't', atMs: 10_000, ...gone, to: { session: 's', who: 'bea' } },
        { session: 's', atMs: 10_000, who: 'bea', code: 'Answered' },
        { session: 's', atMs: 20_000, ...gone, to: { session: 't', who: 'bea', nth: 2 } },
        { session: 't', atMs: 20_000, who: 'bea', nth: 2, code: 'Answered' },
        { session: 't', atMs: 30_000, who: 'bea', nth: 2, code: 'Disconnected' },
      ],
    }
    expect(partsOf(tied)).toEqual({ t: ['call', 't'], s: ['continuation', 't'] })
  })

  it('the customer’s, also when the colleague was called first', () => {
    const { steps } = attendedTransferByBea()
    const sessions = { t: { from: 'bea', to: 'sam' }, s: { from: 'bea', to: 'ada' } } as const
    const names = { bea: 'bea', ada: 'sam', sam: 'ada' } as const
    const turned = steps.map((step) => ({ ...step, who: names[step.who as keyof typeof names] }))
    expect(partsOf({ sessions, steps: turned })).toEqual({ s: ['call', 's'], t: ['consultation', 's'] })
  })
})

describe.each(ALL_SCENARIOS)('%s', (_, tied) => {
  const events = decodeTiedSessions(tied)
  const people = (['bea', 'sam', 'noor'] as const).map(extensionOf)
  const describe = (told: readonly TelephonyNotification[]) =>
    people.map((id) =>
      myCalls(told, id).map(({ kind, customerCallId, view, course, parts }) => ({
        kind,
        customerCallId,
        view,
        course: course.map(({ telephonySessionId }) => telephonySessionId),
        parts: parts.map(({ telephonySessionId }) => telephonySessionId),
      })),
    )

  it('J6 J7 J8 J9 is the same in any order and with any repetition', () => {
    const inOrder = describe(events)
    fc.assert(
      fc.property(anyArrival(events), (told) => {
        expect(describe(told)).toEqual(inOrder)
      }),
      { numRuns: 40 },
    )
  })

  it('J9 every session of mine is in exactly one call or in none, at any moment', () => {
    for (let index = 1; index <= events.length; index++) {
      for (const id of people) {
        const mine = myCalls(events.slice(0, index), id)
        const calls = mine.filter(({ kind }) => kind === 'call')
        for (const { call, customerCallId } of mine) {
          const holders = calls.filter(({ parts }) => parts.includes(call))
          expect(holders.map((one) => one.customerCallId)).toEqual(customerCallId === undefined ? [] : [customerCallId])
        }
      }
    }
  })
})
