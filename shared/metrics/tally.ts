import { isMissed } from '../call/missed.ts'
import { OUTCOMES, type Outcome } from '../call/outcome.ts'
import {
  createDistribution,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
  subtractDistribution,
} from './distribution.ts'
import { listCountedTimes, TALLIED_FIGURES, type TalliedFigure, type TalliedTimes } from './figures.ts'

/**
 * What a list of finished calls adds up to. A tally holds enough to be merged with another into the tally of both lists,
 * exactly and in any order, so a day is computed once and a year is merged from its days. Plain data: it can be stored as
 * JSON.
 */
export interface Tally {
  readonly calls: number
  /** Every outcome, those that did not occur as 0. They add up to `calls`. */
  readonly outcomes: Readonly<Record<Outcome, number>>
  /** Calls in which the person talked: answered, parked, and transferred unless it was sent on while it still rang. */
  readonly answered: number
  /** Incoming calls that rang out or that the caller gave up. */
  readonly missed: number
  /**
   * Incoming calls that were the person's to answer: all but faxes and those that a colleague took. What "answered within"
   * is a share of.
   */
  readonly offered: number
  /** Calls with a figure that needs events that could not be seen. */
  readonly estimates: number
  /** By figure, the times that count (`countedIn` of its definition). */
  readonly distributions: Readonly<Record<TalliedFigure, Distribution>>
  /** Ring of the incoming calls that were answered, those that were answered without ringing as 0. */
  readonly answeredRing: Distribution
}

/** A call that has ended, as one person counts it. */
export interface FinishedCall extends TalliedTimes {
  /** When it began, ms since the epoch, platform's clock. */
  readonly startedMs: number
  readonly direction: 'Inbound' | 'Outbound'
  readonly outcome: Outcome
  /** The queue it came through; absent when it came through none. */
  readonly queueName: string | undefined
  /** The other side as the platform tells it; absent when withheld. */
  readonly phoneNumber: string | undefined
  /** Whether one of these figures needs events that could not be seen. */
  readonly isEstimate: boolean
}

/** The tally of no calls: merging with it changes nothing. */
export const emptyTally: Tally = {
  calls: 0,
  outcomes: countOutcomes(() => 0),
  answered: 0,
  missed: 0,
  offered: 0,
  estimates: 0,
  distributions: byFigure(() => emptyDistribution),
  answeredRing: emptyDistribution,
}

export function tallyCalls(calls: readonly FinishedCall[]): Tally {
  const outcomes = countOutcomes(() => 0)
  for (const { outcome } of calls) outcomes[outcome]++
  const isAnsweredIncoming = (call: FinishedCall) => call.direction === 'Inbound' && isAnswered(call)
  return {
    calls: calls.length,
    outcomes,
    answered: calls.filter(isAnswered).length,
    missed: calls.filter(isMissed).length,
    offered: calls.filter(isOffered).length,
    estimates: calls.filter(({ isEstimate }) => isEstimate).length,
    distributions: byFigure((name) => createDistribution(listCountedTimes(name, calls))),
    answeredRing: createDistribution(calls.filter(isAnsweredIncoming).map(({ ringMs }) => ringMs)),
  }
}

export function mergeTallies(a: Tally, b: Tally): Tally {
  return mergeAllTallies([a, b])
}

/** Many at once: much cheaper than one after the other. */
export function mergeAllTallies(tallies: readonly Tally[]): Tally {
  const sum = (count: (tally: Tally) => number) => tallies.reduce((total, tally) => total + count(tally), 0)
  const merge = (pick: (tally: Tally) => Distribution) => mergeDistributions(tallies.map(pick))
  return {
    calls: sum(({ calls }) => calls),
    outcomes: countOutcomes((outcome) => sum(({ outcomes }) => outcomes[outcome])),
    answered: sum(({ answered }) => answered),
    missed: sum(({ missed }) => missed),
    offered: sum(({ offered }) => offered),
    estimates: sum(({ estimates }) => estimates),
    distributions: byFigure((name) => merge(({ distributions }) => distributions[name])),
    answeredRing: merge(({ answeredRing }) => answeredRing),
  }
}

/** The tally of the calls that are left when those of `taken` are no longer counted. Throws when one of them never was. */
export function subtractTallies(from: Tally, taken: Tally): Tally {
  return {
    calls: from.calls - taken.calls,
    outcomes: countOutcomes((outcome) => from.outcomes[outcome] - taken.outcomes[outcome]),
    answered: from.answered - taken.answered,
    missed: from.missed - taken.missed,
    offered: from.offered - taken.offered,
    estimates: from.estimates - taken.estimates,
    distributions: byFigure((name) => subtractDistribution(from.distributions[name], taken.distributions[name])),
    answeredRing: subtractDistribution(from.answeredRing, taken.answeredRing),
  }
}

/** Calls that were neither answered nor missed: with those two they add up to all of them. */
export function countOther({ calls, answered, missed }: Tally): number {
  return calls - answered - missed
}

/** Whether the person talked: answered, parked, and transferred unless it was sent on while it still rang. */
export function isAnswered({ outcome, talkMs }: Pick<FinishedCall, 'outcome' | 'talkMs'>): boolean {
  return outcome === 'answered' || outcome === 'parked' || (outcome === 'transferred' && talkMs > 0)
}

/** Whether it was the person's to answer: an incoming call that was no fax and that no colleague took. */
export function isOffered({ direction, outcome }: Pick<FinishedCall, 'direction' | 'outcome'>): boolean {
  return direction === 'Inbound' && outcome !== 'fax' && outcome !== 'answeredElsewhere'
}

function byFigure<T>(of: (name: TalliedFigure) => T): Readonly<Record<TalliedFigure, T>> {
  return Object.fromEntries(TALLIED_FIGURES.map((name) => [name, of(name)])) as Record<TalliedFigure, T>
}

function countOutcomes(count: (outcome: Outcome) => number): Record<Outcome, number> {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>
}
