import { describe, expect, it } from 'vitest'
import { hasOwnCard } from '../../../shared/call/worth-a-card.ts'
import { conference } from '../../support/tied-scenarios.ts'
import { decodeTiedSessions, extensionOf } from '../../support/tied-sessions.ts'
import { followTold } from '../../support/told.ts'
import { BEA, myCalls, namesOf, viewsOf } from './my-calls-of.ts'

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
