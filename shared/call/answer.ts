import { comesBefore, selectConnected } from './leg.ts'
import { selectDirection, selectRole, sortLegs } from './roles.ts'
import type { Call, Leg, Mark } from './state.ts'

/**
 * The people who are called, as the platform counted them. Neither menus nor queues nor listeners, and not who took the call
 * over from another device of their own.
 */
export function selectCalled(call: Call): readonly Leg[] {
  return sortLegs(call.legs.filter((leg) => selectDirection(leg) === 'Inbound' && selectRole(call, leg) === 'person'))
}

/** Of the phones that rang, the one that was answered first, else the first. */
export function selectRung(call: Call): Leg | undefined {
  const called = selectCalled(call)
  return firstToAnswer(called)?.leg ?? called[0]
}

/**
 * When a called person really answered. The caller's own `Answered` only says that the call reached something: a menu, a
 * queue, another extension that has not even rung.
 */
export function selectAnsweredAt(call: Call): Mark | undefined {
  return selectTaker(call)?.mark
}

/** Who took a call, and when: of the people who were called, the first to answer. */
export interface Taker {
  readonly leg: Leg
  readonly mark: Mark
}

/** `undefined` until the call is answered. */
export function selectTaker(call: Call): Taker | undefined {
  return firstToAnswer(selectCalled(call))
}

function firstToAnswer(legs: readonly Leg[]): Taker | undefined {
  let first: Taker | undefined
  for (const leg of legs) {
    const mark = selectConnected(leg)
    if (mark !== undefined && (first === undefined || comesBefore(mark, first.mark))) first = { leg, mark }
  }
  return first
}
