import { comesBefore } from '../call/leg.ts'
import type { Leg, LegState, Mark } from '../call/state.ts'
import type { Stretch } from './figure.ts'

/** A leg enters a state; `undefined` is its end. */
export interface Change {
  readonly leg: Leg
  readonly state: LegState | undefined
  readonly mark: Mark
}

/** Which legs are in which state at one instant. */
export type States = ReadonlyMap<Leg, LegState>

/** Every change of these legs by time; equal times by sequence, as the platform counted them. */
export function listChanges(legs: readonly Leg[]): readonly Change[] {
  const changes = legs.flatMap((leg) => [
    ...leg.intervals.map(({ state, from }): Change => ({ leg, state, mark: from })),
    ...(leg.current ? [{ leg, state: leg.current.state, mark: leg.current.from }] : []),
    ...(leg.end ? [{ leg, state: undefined, mark: leg.end.at }] : []),
  ])
  return changes.sort((a, b) => a.mark.timeMs - b.mark.timeMs || orderMarks(a.mark, b.mark))
}

/**
 * The stretches of time in which the states of all legs together fulfil a condition. What happens at one instant is judged
 * when all of it has happened, so a stretch always has a length. One that has not ended is not among them.
 */
export function findStretches(changes: readonly Change[], isFulfilled: Condition): readonly Stretch[] {
  return followStretches(changes, isFulfilled).stretches
}

/** Where the stretch began that has not ended; `undefined` when there is none. */
export function findOpenStretch(changes: readonly Change[], isFulfilled: Condition): Mark | undefined {
  return followStretches(changes, isFulfilled).openFrom
}

type Condition = (states: States, atMs: number) => boolean

function followStretches(
  changes: readonly Change[],
  isFulfilled: Condition,
): { readonly stretches: readonly Stretch[]; readonly openFrom: Mark | undefined } {
  const states = new Map<Leg, LegState>()
  const stretches: Stretch[] = []
  let from: Mark | undefined
  for (const [index, { leg, state, mark }] of changes.entries()) {
    if (state === undefined) states.delete(leg)
    else states.set(leg, state)
    if (changes[index + 1]?.mark.timeMs === mark.timeMs) continue
    const fulfilled = isFulfilled(states, mark.timeMs)
    if (fulfilled && from === undefined) from = mark
    if (!fulfilled && from !== undefined) {
      stretches.push({ from, to: mark })
      from = undefined
    }
  }
  return { stretches, openFrom: from }
}

function orderMarks(a: Mark, b: Mark): number {
  return comesBefore(a, b) ? -1 : comesBefore(b, a) ? 1 : 0
}
