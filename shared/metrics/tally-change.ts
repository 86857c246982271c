import { addValue, type Distribution, removeValue } from './distribution.ts'
import { emptyTally, type FinishedCall, type Tally, tallyCalls } from './tally.ts'

/** The tally of one call more: what merging with it would give, at a fraction of the cost. */
export function addCall(tally: Tally, call: FinishedCall): Tally {
  return change(tally, tallyCalls([call]), 1, addValue)
}

/** The tally of one call less, which must be one of those that it was made of; with the last one it is the empty tally. */
export function removeCall(tally: Tally, call: FinishedCall): Tally {
  const changed = change(tally, tallyCalls([call]), -1, removeValue)
  return changed.calls === 0 ? emptyTally : changed
}

function change(
  tally: Tally,
  one: Tally,
  sign: 1 | -1,
  apply: (distribution: Distribution, ms: number) => Distribution,
): Tally {
  const each = (distribution: Distribution, { sortedMs }: Distribution) => sortedMs.reduce(apply, distribution)
  const outcomes = Object.entries(tally.outcomes).map(([outcome, count]) => [
    outcome,
    count + sign * one.outcomes[outcome as keyof Tally['outcomes']],
  ])
  return {
    calls: tally.calls + sign * one.calls,
    outcomes: Object.fromEntries(outcomes) as Tally['outcomes'],
    answered: tally.answered + sign * one.answered,
    missed: tally.missed + sign * one.missed,
    offered: tally.offered + sign * one.offered,
    estimates: tally.estimates + sign * one.estimates,
    ring: each(tally.ring, one.ring),
    talk: each(tally.talk, one.talk),
    hold: each(tally.hold, one.hold),
    answeredRing: each(tally.answeredRing, one.answeredRing),
  }
}
