import { isOver, selectStart } from '../call/select.ts'
import type { Call, LegState, Mark } from '../call/state.ts'
import { type Figure, type Stretch, sumFigure } from './figure.ts'

/** Figures of a whole session, over every party that can be seen. */
export interface CallFigures {
  /** Time in which at least two parties were connected and none was on hold. Source: RingCentral's definition of talk time. */
  readonly twoWayTalk: Figure
  /** Time in which at least one party was on hold: the platform reports a hold on the party that pressed it only. */
  readonly hold: Figure
  /**
   * What the caller waited through (menus, rings, queues): from the session's first event to the start of two-way talk, or to
   * the end if there was none. `undefined` while there is neither.
   */
  readonly callerWait: Figure | undefined
  /** From the first event to the latest time that counts; `undefined` until the session is over. */
  readonly duration: Figure | undefined
}

export function measureCall(call: Call): CallFigures {
  const changes = listChanges(call)
  const twoWayTalk = findStretches(changes, isTwoWayTalk)
  const first = findFirst(call)
  const last = changes.at(-1)?.mark
  const duration = first && last && isOver(call) ? sumFigure([{ from: first, to: last }]) : undefined
  const start = twoWayTalk[0]?.from
  return {
    twoWayTalk: sumFigure(twoWayTalk),
    hold: sumFigure(findStretches(changes, isOnHold)),
    callerWait: first && start ? sumFigure([{ from: first, to: latest(first, start) }]) : duration,
    duration,
  }
}

function isTwoWayTalk(states: readonly LegState[]): boolean {
  return states.filter((state) => state === 'talk').length >= 2 && !isOnHold(states)
}

function isOnHold(states: readonly LegState[]): boolean {
  return states.includes('hold')
}

/** One leg's change of state; `undefined` is its end. */
interface Change {
  readonly legId: string
  readonly state: LegState | undefined
  readonly mark: Mark
}

/** Every change of every leg by time; equal times by sequence, as the platform counted them. */
function listChanges(call: Call): readonly Change[] {
  const changes = call.legs.flatMap((leg) => [
    ...leg.intervals.map(({ state, from }): Change => ({ legId: leg.id, state, mark: from })),
    ...(leg.current ? [{ legId: leg.id, state: leg.current.state, mark: leg.current.from }] : []),
    ...(leg.end ? [{ legId: leg.id, state: undefined, mark: leg.end.at }] : []),
  ])
  return changes.sort((a, b) => a.mark.timeMs - b.mark.timeMs || a.mark.sequence - b.mark.sequence)
}

/**
 * The stretches of time in which the states of all legs together fulfil a condition. What happens at one instant is judged
 * when all of it has happened, so a stretch always has a length. One that has not ended is not among them.
 */
function findStretches(
  changes: readonly Change[],
  isFulfilled: (states: readonly LegState[]) => boolean,
): readonly Stretch[] {
  const states = new Map<string, LegState>()
  const stretches: Stretch[] = []
  let from: Mark | undefined
  for (const [index, { legId, state, mark }] of changes.entries()) {
    if (state === undefined) states.delete(legId)
    else states.set(legId, state)
    if (changes[index + 1]?.mark.timeMs === mark.timeMs) continue
    const fulfilled = isFulfilled([...states.values()])
    if (fulfilled && from === undefined) from = mark
    if (!fulfilled && from !== undefined) {
      stretches.push({ from, to: mark })
      from = undefined
    }
  }
  return stretches
}

/** The first event by sequence, which is not always the earliest by time. */
function findFirst(call: Call): Mark | undefined {
  return call.legs
    .map(selectStart)
    .reduce<Mark | undefined>((first, mark) => (first && first.sequence <= mark.sequence ? first : mark), undefined)
}

function latest(a: Mark, b: Mark): Mark {
  return b.timeMs < a.timeMs ? a : b
}
