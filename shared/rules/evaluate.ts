import { SECOND_MS } from '../time.ts'
import { matchesNumber } from './match-number.ts'
import type { Act, Rule, RuleBook } from './rule.ts'
import type { RuledLeg } from './ruled-leg.ts'
import {
  countActs,
  hasMoved,
  isMove,
  isMoving,
  MAX_ACTS_OF_A_CALL,
  selectStanding,
  type TakenAct,
} from './taken-acts.ts'
import type { WallClock } from './time-windows.ts'

/**
 * What the rules want done with a customer's call at a moment.
 *
 * Each act has moments at which it can be done: a call is forwarded or replied to while the leg rings or the caller waits, transferred
 * or supervised once somebody is on the phone; an alert fits both. A rule holds on a leg at a moment when all its conditions do and an
 * act of it fits. The first rule that holds acts, and from then on only that one may act on the call, unless it says `goOn`. A
 * dry rule ends nothing, since it does nothing.
 */
export interface RuledCall {
  /** The legs on which can be acted now. */
  readonly legs: readonly RuledLeg[]
  /** What rules did with the call before, over all sessions that are tied together. */
  readonly taken: readonly TakenAct[]
  /** The place of the call among those of its caller today. */
  readonly callsToday: (leg: RuledLeg) => number
}

/** An act whose moment has come. */
export interface DueAct {
  readonly rule: Rule
  readonly entry: number
  readonly attempt: number
  readonly act: Act
  readonly leg: RuledLeg
  /** The rule that was first, where that keeps this one from acting. */
  readonly first: string | undefined
}

export interface Evaluated {
  /** In the order in which they are to be done; those of dry rules, and of rules that come after another, are not to be. */
  readonly due: readonly DueAct[]
  /** When it is to be looked again, though nothing is told until then; `undefined`: not at all. */
  readonly lookAgainMs: number | undefined
}

export interface EvaluateOptions {
  readonly book: RuleBook
  readonly wallClock: WallClock
  readonly nowMs: number
  /** Whether to tell also of rules that would have held if another had not been first. */
  readonly tellsLater: boolean
}

export function evaluate(call: RuledCall, options: EvaluateOptions): Evaluated {
  const { book, tellsLater } = options
  const course: Course = { call, options, taken: [...call.taken], due: [], lookAgainMs: undefined }
  let first = selectFirstRule(book, call.taken)
  for (const rule of book.rules) {
    const other = first === rule.name ? undefined : first
    if (other !== undefined && !tellsLater) continue
    const hasActed = applyRule(course, rule, other)
    if (hasActed && !rule.goOn) first = rule.name
  }
  return { due: course.due, lookAgainMs: course.lookAgainMs }
}

/** An evaluation while it goes on. */
interface Course {
  readonly call: RuledCall
  readonly options: EvaluateOptions
  readonly taken: TakenAct[]
  readonly due: DueAct[]
  lookAgainMs: number | undefined
}

/** Finds out which acts of a rule are due; true when it has one done. `first`: the rule that keeps this one from acting. */
function applyRule(course: Course, rule: Rule, first: string | undefined): boolean {
  const { call, options, taken } = course
  const isSaid = isOnlySaid({ rule, first })
  const holds = rememberHolds(rule, call, options)
  const lookAt = (atMs: number) => {
    course.lookAgainMs = Math.min(course.lookAgainMs ?? atMs, atMs)
  }
  let hasActed = false
  let isMoveHeldUp = false
  for (const [entry, act] of rule.acts.entries()) {
    const own = taken.filter((one) => one.rule === rule.name && one.isSaid === isSaid)
    const standing = selectStanding(own, entry, options.nowMs)
    if (standing.kind === 'done' || (isMove(act.kind) && (isMoveHeldUp || hasMoved(own)))) continue
    if (!isSaid && countActs(taken) >= MAX_ACTS_OF_A_CALL) continue
    const legs = call.legs.filter((leg) => fits(act, leg) && (isSaid || canMove(act, leg, course)))
    const leg = findLeg(legs, holds, options.nowMs, lookAt)
    if (leg === undefined) continue
    if (standing.kind === 'waits') {
      lookAt(standing.untilMs)
      isMoveHeldUp ||= isMove(act.kind)
      continue
    }
    const due = { rule, entry, attempt: standing.attempt, act, leg, first }
    course.due.push(due)
    taken.push(describeTaken(due))
    hasActed ||= !isSaid
  }
  return hasActed
}

/** An act as it is remembered from the moment on at which it is ordered, or said. */
export function describeTaken({ rule, entry, attempt, act, leg, first }: DueAct): TakenAct {
  return {
    rule: rule.name,
    entry,
    attempt,
    partyId: leg.partyId,
    kind: act.kind,
    isSaid: isOnlySaid({ rule, first }),
    outcome: undefined,
    retryAtMs: undefined,
  }
}

/** Whether nothing is to be done: the rule is dry, or comes after another. */
export function isOnlySaid({ rule, first }: Pick<DueAct, 'rule' | 'first'>): boolean {
  return rule.isDry || first !== undefined
}

/** The rule that has acted on the call and lets no other do so; one that is not in the book any more holds nothing up. */
function selectFirstRule(book: RuleBook, taken: readonly TakenAct[]): string | undefined {
  for (const { rule, isSaid } of taken) {
    if (!isSaid && book.rules.some(({ name, goOn, isDry }) => name === rule && !goOn && !isDry)) return rule
  }
  return undefined
}

/** Whether a leg is one on which an act can be done at all. */
function fits(act: Act, { phase }: RuledLeg): boolean {
  switch (act.kind) {
    case 'forward':
    case 'reply':
      return phase !== 'connected'
    case 'transfer':
    case 'supervise':
      return phase === 'connected'
    case 'alert':
      return true
    default:
      return false
  }
}

/** Whether an act does not move a call that is on its way from there already, or from the queue that had the phone rung. */
function canMove(act: Act, { telephonySessionId }: RuledLeg, { call, taken }: Course): boolean {
  if (!isMove(act.kind)) return true
  return !call.legs.some((leg) => leg.telephonySessionId === telephonySessionId && isMoving(taken, leg.partyId))
}

/** The moment from which a rule holds on a leg as things stand; `undefined`: it does not. */
type Holds = (leg: RuledLeg) => number | undefined

/** The first leg on which a rule holds now; of the others it is said when it may. */
function findLeg(
  legs: readonly RuledLeg[],
  holds: Holds,
  nowMs: number,
  lookAt: (atMs: number) => void,
): RuledLeg | undefined {
  let earliestMs = Number.POSITIVE_INFINITY
  for (const leg of legs) {
    const fromMs = holds(leg)
    if (fromMs === undefined) continue
    if (fromMs <= nowMs) return leg
    earliestMs = Math.min(earliestMs, fromMs)
  }
  if (earliestMs < Number.POSITIVE_INFINITY) lookAt(earliestMs)
  return undefined
}

/** A rule has several acts, and its conditions are the same for each. */
function rememberHolds(rule: Rule, call: RuledCall, options: EvaluateOptions): Holds {
  const known = new Map<RuledLeg, number | undefined>()
  return (leg) => {
    if (known.has(leg)) return known.get(leg)
    const fromMs = selectHoldsMs(rule, leg, call, options)
    known.set(leg, fromMs)
    return fromMs
  }
}

function selectHoldsMs(
  { when }: Rule,
  leg: RuledLeg,
  { callsToday }: RuledCall,
  { wallClock, nowMs }: EvaluateOptions,
): number | undefined {
  if (when.extensionIds !== undefined && !when.extensionIds.has(leg.ownerId)) return undefined
  if (when.queueIds !== undefined && !when.queueIds.has(leg.queueId ?? '')) return undefined
  if (when.called !== undefined && !matchesNumber(when.called, leg.calledKey)) return undefined
  if (when.caller !== undefined && !matchesNumber(when.caller, leg.callerKey)) return undefined
  const rungMs = selectRungMs(leg, when.ringingForMs)
  if (rungMs === undefined) return undefined
  if (when.callsToday !== undefined && callsToday(leg) < when.callsToday) return undefined
  if (rungMs > nowMs || when.times === undefined || wallClock.isWithin(when.times, nowMs)) return rungMs
  return wallClock.nextLookMs(when.times, nowMs)
}

/** The moment at which a leg has rung for so long; `undefined` when it does not, or was answered before. */
function selectRungMs({ ringSinceMs, connectedMs }: RuledLeg, ringingForMs: number | undefined): number | undefined {
  if (ringingForMs === undefined) return Number.NEGATIVE_INFINITY
  if (ringSinceMs === undefined) return undefined
  const rungMs = ringSinceMs + ringingForMs
  return connectedMs !== undefined && rungMs > connectedMs ? undefined : rungMs
}

/** How long a leg had rung, or the caller had waited, at a moment; of a connected one, until it was answered. */
export function selectRangMs({ ringSinceMs, connectedMs }: RuledLeg, atMs: number): number {
  return ringSinceMs === undefined ? 0 : Math.max(0, (connectedMs ?? atMs) - ringSinceMs)
}

/** For who reads: `after 6 s of ringing`. */
export function describeMoment(leg: RuledLeg, atMs: number): string {
  const seconds = `${Math.round(selectRangMs(leg, atMs) / (SECOND_MS / 10)) / 10} s`
  switch (leg.phase) {
    case 'rings':
      return `after ${seconds} of ringing`
    case 'waits':
      return `after ${seconds} in the queue`
    default:
      return 'once connected'
  }
}
