import { describe, expect, it } from 'vitest'
import {
  attendedTransferByBea,
  attendedTransferToBea,
  customerTakesPlace,
  listenedToByBea,
  pickedUpByBea,
  transferredTwice,
} from '../../support/tied-scenarios.ts'
import { answered, extensionOf, PEOPLE, type TiedSessions } from '../../support/tied-sessions.ts'
import { namesOf, partsOf, viewsOf } from './my-calls-of.ts'

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
