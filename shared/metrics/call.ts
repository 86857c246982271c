import { isOver } from '../call/end.ts'
import { comesBefore, selectStart } from '../call/leg.ts'
import { selectRole } from '../call/roles.ts'
import type { Call, Leg, Mark } from '../call/state.ts'
import { estimateCall } from './estimate.ts'
import { type Figure, sumFigure } from './figure.ts'
import { findOpenStretch, findStretches, listChanges, type States } from './timeline.ts'

/** Figures of a whole session, over every party that can be seen. */
export interface CallFigures {
  /**
   * Time in which at least two people were connected and nobody was on hold: neither machines nor listeners talk.
   * Source: RingCentral's definition of talk time.
   */
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

/**
 * `missing`: the session's numbers that are known to be missing, in a complete stream. `monitorIds`: parties known from other
 * sessions to listen in.
 */
export function measureCall(
  call: Call,
  missing: readonly number[] = [],
  monitorIds?: ReadonlySet<string>,
): CallFigures {
  const changes = listChanges(call.legs)
  const people = selectPeople(call, monitorIds)
  const estimates = estimateCall(call, missing)
  const twoWayTalk = findStretches(changes, (states) => isTwoWayTalk(states, people))
  const first = findFirst(call)
  const last = changes.at(-1)?.mark
  const duration = first && last && isOver(call) ? sumFigure([{ from: first, to: last }], estimates) : undefined
  const start = twoWayTalk[0]?.from
  return {
    twoWayTalk: sumFigure(twoWayTalk, estimates),
    hold: sumFigure(findStretches(changes, isOnHold), estimates),
    callerWait: first && start ? sumFigure([{ from: first, to: notBefore(start, first) }], estimates) : duration,
    duration,
  }
}

/** Whether nothing of the other sides can be seen: then what they did is not known, and the figures of a whole call say nothing. */
export function isSeenFromOneSide({ twoWayTalk }: CallFigures): boolean {
  return twoWayTalk.estimates.some(({ because }) => because === 'ownLegOnly')
}

/** Where the two-way talk that is going on began: it is in no figure yet. `undefined` while there is none. */
export function selectTwoWayTalkStart(call: Call, monitorIds?: ReadonlySet<string>): Mark | undefined {
  const people = selectPeople(call, monitorIds)
  return findOpenStretch(listChanges(call.legs), (states) => isTwoWayTalk(states, people))
}

/** At least two of these people connected, and nobody at all on hold. */
export function isTwoWayTalk(states: States, people: ReadonlySet<Leg>): boolean {
  let talking = 0
  for (const [leg, state] of states) {
    if (state === 'hold') return false
    if (state === 'talk' && people.has(leg)) talking++
  }
  return talking >= 2
}

function selectPeople(call: Call, monitorIds?: ReadonlySet<string>): ReadonlySet<Leg> {
  return new Set(call.legs.filter((leg) => selectRole(call, leg, monitorIds) === 'person'))
}

function isOnHold(states: States): boolean {
  for (const state of states.values()) if (state === 'hold') return true
  return false
}

/** The first event by sequence, which is not always the earliest by time. */
function findFirst(call: Call): Mark | undefined {
  let first: Mark | undefined
  for (const leg of call.legs) {
    const start = selectStart(leg)
    if (first === undefined || comesBefore(start, first)) first = start
  }
  return first
}

/** Time never runs backwards, whatever the numbers say. */
function notBefore(mark: Mark, first: Mark): Mark {
  return mark.timeMs < first.timeMs ? first : mark
}
