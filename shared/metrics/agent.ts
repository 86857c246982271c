import { selectAnsweredAt, selectRung } from '../call/answer.ts'
import { isSeenAlone, selectDirection, selectMine, selectRole } from '../call/roles.ts'
import type { Call, Leg, LegState, Mark } from '../call/state.ts'
import { estimateLegs, estimateOwnTalk, estimateRing, OWN_LEG_ONLY } from './estimate.ts'
import { type Estimate, type Figure, type Stretch, sumFigure } from './figure.ts'
import { countHolds, measureState } from './leg.ts'
import { findStretches, listChanges } from './timeline.ts'

/** One person's figures of a call, over all their legs: what they would say it took. */
export interface AgentFigures {
  /** How long the called phone rang: mine when I was called, the other side's when I called. */
  readonly ring: Figure
  /** How long I was connected to somebody who had answered, my own holds taken out. Listening in is no talk. */
  readonly talk: Figure
  /** How long I had the other side on hold. */
  readonly hold: Figure
  /** Number of my holds, finished or not. */
  readonly holdCount: number
}

/**
 * `undefined` when the person has no part in the call. `missing` and `monitorIds` as for `measureCall`.
 */
export function measureAgent(
  call: Call,
  extensionId: string,
  missing: readonly number[] = [],
  monitorIds?: ReadonlySet<string>,
): AgentFigures | undefined {
  const mine = selectMine(call, extensionId)
  const first = mine[0]
  if (first === undefined) return undefined
  const talking = mine.filter((leg) => selectRole(call, leg, monitorIds) === 'person')
  const talk = findState(talking, 'talk')
  const ownTalk = estimateOwnTalk(mine)
  const estimates = [...estimateLegs(mine, missing), ...ownTalk]
  const hold = sumFigure(findState(mine, 'hold'), estimates)
  const holdCount = mine.reduce((count, leg) => count + countHolds(leg), 0)
  if (selectDirection(first) === 'Inbound' || talking.length === 0) {
    const ring = sumFigure(findRing(mine), estimateRing(mine, missing))
    return { ring, talk: sumFigure(talk, estimates), hold, holdCount }
  }
  if (isSeenAlone(call, mine)) return measureAlone(mine, talk, hold, holdCount, estimates)
  const rung = selectRung(call)
  const answered = selectAnsweredAt(call)
  const both = [...estimateLegs(rung ? [...mine, rung] : mine, missing), ...ownTalk]
  return {
    ring: rung ? measureState(rung, 'ring', estimateRing([rung], missing)) : sumFigure([], estimates),
    talk: sumFigure(clip(talk, answered), both),
    hold: sumFigure(clip(hold.stretches, answered), both),
    holdCount,
  }
}

/**
 * An outgoing call of which only my own leg can be seen: it is `Answered` as soon as the call reaches a menu, a queue or an
 * extension, and there is nothing better to go by.
 */
function measureAlone(
  mine: readonly Leg[],
  talk: readonly Stretch[],
  hold: Figure,
  holdCount: number,
  estimates: readonly Estimate[],
): AgentFigures {
  const alone = [OWN_LEG_ONLY, ...estimates]
  // By RingOut the Initiator is my own phone, and not the one that I call.
  const ring = findRing(mine, ({ ringOutRole }) => ringOutRole !== 'Initiator')
  return { ring: sumFigure(ring, alone), talk: sumFigure(talk, alone), hold, holdCount }
}

/** The time in which at least one of these legs was in a state: two of mine at once do not count twice. */
function findState(legs: readonly Leg[], state: LegState): readonly Stretch[] {
  const [leg, ...others] = legs
  if (leg === undefined) return []
  if (others.length === 0) return measureState(leg, state).stretches
  return findStretches(listChanges(legs), (states) => [...states.values()].includes(state))
}

/**
 * The ring of those of my phones that count while I am in the call on none: one to which I move it rings for nobody else.
 */
function findRing(mine: readonly Leg[], counts = (_: Leg) => true): readonly Stretch[] {
  if (mine.length < 2) return findState(mine.filter(counts), 'ring')
  return findStretches(listChanges(mine), (states) => {
    const isIn = [...states.values()].some((state) => state === 'talk' || state === 'hold')
    return !isIn && [...states].some(([leg, state]) => state === 'ring' && counts(leg))
  })
}

/** The conversation begins when the called person answered; before that, and without it, there is none. */
function clip(stretches: readonly Stretch[], start: Mark | undefined): readonly Stretch[] {
  if (start === undefined) return []
  return stretches
    .filter(({ to }) => to.timeMs > start.timeMs)
    .map((stretch) => (stretch.from.timeMs < start.timeMs ? { from: start, to: stretch.to } : stretch))
}
