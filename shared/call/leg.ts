import { assert } from '../assert.ts'
import type { HistoryEntry } from '../history/history.ts'
import type { Party } from '../protocol/party.ts'
import { LegDraft } from './draft.ts'
import type { EndKind, Interval, Leg, LegState, Mark } from './state.ts'
import { isEndKind, TRANSITIONS } from './transitions.ts'

/** One leg and one report about it: the state machine that SPEC.md's rules L1 to L7 describe. */

/** A leg as its first report makes it. */
export function startLeg(party: Party, mark: Mark): LegDraft {
  const leg = new LegDraft(party, mark.timeMs)
  leg.lastSequence = mark.sequence
  countUnrecognised(leg, party)
  enter(leg, party, mark)
  return leg
}

/** Adds the next report about a leg, by sequence. `mark.timeMs` is its own time. */
export function foldLeg(leg: LegDraft, party: Party, mark: Mark): void {
  leg.addReport(party)
  leg.lastSequence = mark.sequence ?? leg.lastSequence
  countUnrecognised(leg, party)
  if (leg.end !== undefined) leg.eventsAfterEnd++
  else if (mark.timeMs >= leg.latestMs) enter(leg, party, mark)
  else {
    leg.backwardSteps++
    enter(leg, party, { ...mark, timeMs: leg.latestMs })
  }
}

/** Closes the current interval and ends the leg, whatever its state. An ended leg stays as it is. */
export function endLeg(leg: LegDraft, kind: EndKind, party: Party | undefined, at: Mark): void {
  if (leg.end !== undefined) return
  closeCurrent(leg, at)
  leg.state = undefined
  leg.since = undefined
  leg.end = { kind, at, reason: party?.status.reason, peer: party?.status.peer }
  leg.latestMs = at.timeMs
}

function enter(leg: LegDraft, party: Party, mark: Mark): void {
  const { code, reason } = party.status
  const transition = TRANSITIONS[leg.state ?? 'new'][code]
  assert(transition !== 'ignored', 'a leg that has not ended should take every code')
  leg.wasReplied ||= reason === 'CallReplied'
  if (isEndKind(transition)) endLeg(leg, transition, party, mark)
  else enterState(leg, leg.wasReplied && rings(transition) ? 'other' : transition, mark)
}

/** What a phone does that somebody could still answer; once they have sent the caller a message it does not. */
function rings(state: LegState): boolean {
  return state === 'setup' || state === 'ring'
}

function enterState(leg: LegDraft, state: LegState, mark: Mark): void {
  leg.latestMs = mark.timeMs
  if (state === leg.state) return
  closeCurrent(leg, mark)
  leg.state = state
  leg.since = mark
}

function closeCurrent({ intervals, state, since }: LegDraft, to: Mark): void {
  if (state !== undefined && since !== undefined) intervals.push({ state, from: since, to })
}

function countUnrecognised(leg: LegDraft, { status }: Party): void {
  if (status.code === 'Unrecognised' || status.reason === 'Unrecognised') leg.unrecognisedReports++
}

export function markOf({ sequence, eventTimeMs }: HistoryEntry, { status }: Party): Mark {
  return { sequence, code: status.rawCode, timeMs: eventTimeMs }
}

/** What a leg began with. */
export function selectStart(leg: Leg): Mark {
  const mark = leg.intervals[0]?.from ?? leg.current?.from ?? leg.end?.at
  assert(mark !== undefined, `leg ${leg.id} should have been made by an event that begins a state or ends it`)
  return mark
}

/** Where a leg first entered a state. */
export function selectFirst(leg: Leg, state: LegState): Mark | undefined {
  for (const interval of leg.intervals) if (interval.state === state) return interval.from
  return leg.current?.state === state ? leg.current.from : undefined
}

/** Where a leg was first connected. One that is on hold was answered before, also when the report of that was lost. */
export function selectConnected(leg: Leg): Mark | undefined {
  const talk = selectFirst(leg, 'talk')
  const hold = selectFirst(leg, 'hold')
  return talk !== undefined && hold !== undefined ? (comesBefore(hold, talk) ? hold : talk) : (talk ?? hold)
}

/** Whether a phone rang for a leg, or it was connected. */
export function hasBeenReached(leg: Leg): boolean {
  return selectFirst(leg, 'ring') !== undefined || selectConnected(leg) !== undefined
}

/** The leg's states in order, the one that is going on included. */
export function selectStates(leg: Leg): readonly LegState[] {
  return selectStretches(leg).map(({ state }) => state)
}

/** The same with what each began with. */
export function selectStretches({ intervals, current }: Leg): readonly Pick<Interval, 'state' | 'from'>[] {
  return current === undefined ? intervals : [...intervals, current]
}

/**
 * Orders legs by party id as the platform counted them: `…-2` before `…-10`. That order does not depend on which of their
 * events have arrived.
 */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** Plain order of ids, in which a call lists its legs. */
export function compareLegs(a: Leg, b: Leg): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** In the platform's order; what only an answer to a status request told comes last. */
export function comesBefore(a: Mark, b: Mark): boolean {
  return (a.sequence ?? Number.POSITIVE_INFINITY) < (b.sequence ?? Number.POSITIVE_INFINITY)
}
