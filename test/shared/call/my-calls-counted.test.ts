import { describe, expect, it } from 'vitest'
import {
  attendedTransferByBea,
  attendedTransferToBea,
  conference,
  listenedToByBea,
  mergedIntoCall,
  pickedUpByBea,
} from '../../support/tied-scenarios.ts'
import { answered, extensionOf, type Step, type TiedSessions } from '../../support/tied-sessions.ts'
import { partsOf, viewsOf } from './my-calls-of.ts'

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
