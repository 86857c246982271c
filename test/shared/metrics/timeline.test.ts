import { describe, expect, it } from 'vitest'
import { findStretches, listChanges, type States } from '../../../shared/metrics/timeline.ts'
import { START_MS, step } from '../../support/notification.ts'
import { caller, callOf, mine } from '../call/cast.ts'

const call = callOf(
  step(2, 50, 'Setup', caller),
  step(3, 0, 'Setup', mine),
  step(4, 50, 'Answered', mine),
  step(5, 50, 'Answered', caller),
  step(6, 90, 'Disconnected', mine),
)

it('changes are listed by time, equal times by sequence, the state that goes on included', () => {
  const changes = listChanges(call.legs)
  expect(changes.map(({ leg, state, mark }) => [leg.id, state, mark.sequence, mark.timeMs - START_MS])).toEqual([
    ['p-2', 'setup', 3, 0],
    ['p-1', 'setup', 2, 50],
    ['p-2', 'talk', 4, 50],
    ['p-1', 'talk', 5, 50],
    ['p-2', undefined, 6, 90],
  ])
})

describe('F8 stretches', () => {
  const stretchesOf = (isFulfilled: (states: States) => boolean) =>
    findStretches(listChanges(call.legs), isFulfilled).map(({ from, to }) => [from.sequence, to.sequence])
  const talking = (states: States) => [...states.values()].filter((state) => state === 'talk').length

  it('last from the change that fulfils a condition to the one that no longer does', () => {
    expect(stretchesOf((states) => talking(states) === 2)).toEqual([[5, 6]])
  })

  it('are none where the condition is fulfilled at an instant only', () => {
    expect(stretchesOf((states) => states.size === 2 && talking(states) === 0)).toEqual([])
  })

  it('are none where the condition still is', () => {
    expect(stretchesOf((states) => talking(states) === 1)).toEqual([])
    expect(stretchesOf(() => true)).toEqual([])
  })

  it('are judged at the moment they are about', () => {
    const moments: number[] = []
    findStretches(listChanges(call.legs), (_, atMs) => moments.push(atMs - START_MS) > 99)
    expect(moments).toEqual([0, 50, 90])
  })
})
