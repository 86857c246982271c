import type { ActOutcome, ActRecord } from '../protocol/act.ts'
import { MINUTE_MS, SECOND_MS } from '../time.ts'
import type { ActIdParts } from './act-id.ts'
import type { Act } from './rule.ts'

/** What a rule has done with a customer's call, or has said that it would do. Times are ms since the epoch. */
export interface TakenAct {
  readonly rule: string
  /** Place of the act among those of its rule, from 0. */
  readonly entry: number
  /** From 1. */
  readonly attempt: number
  readonly partyId: string | undefined
  readonly kind: string
  /** `said`: of a dry rule, or of one that came after another. */
  readonly isSaid: boolean
  /** `undefined`: intended, and nobody knows what came of it. It counts as done. */
  readonly outcome: ActOutcome | undefined
  /** Of `limited`: from when on it may be tried anew. */
  readonly retryAtMs: number | undefined
}

/** Two rules that send a call to each other end by this. */
export const MAX_ACTS_OF_A_CALL = 4
/** RingCentral may say that it takes no more for as long as the phone rings. */
export const MAX_ATTEMPTS = 5
/** How long RingCentral takes no more where it does not say. */
export const USUAL_PENALTY_MS = 30 * SECOND_MS
const LEAST_PENALTY_MS = SECOND_MS
const LONGEST_PENALTY_MS = 10 * MINUTE_MS

/** What the log tells of an act. */
export function describeRecord(record: ActRecord, { rule, entry, attempt }: ActIdParts, receivedMs: number): TakenAct {
  const outcome = record.step === 'answered' ? record.outcome : undefined
  const retryAfterMs = record.step === 'answered' ? record.retryAfterMs : undefined
  return {
    rule,
    entry,
    attempt,
    partyId: record.partyId,
    kind: record.act,
    isSaid: false,
    outcome,
    retryAtMs: outcome === 'limited' ? selectRetryMs(receivedMs, retryAfterMs) : undefined,
  }
}

export function isSameAct(a: TakenAct, b: TakenAct): boolean {
  return a.rule === b.rule && a.entry === b.entry && a.attempt === b.attempt && a.isSaid === b.isSaid
}

function selectRetryMs(answeredMs: number, retryAfterMs: number | undefined): number {
  const waitMs = Math.max(LEAST_PENALTY_MS, retryAfterMs ?? USUAL_PENALTY_MS)
  return answeredMs + Math.min(waitMs, LONGEST_PENALTY_MS)
}

/** Whether an act takes the call away from the leg on which it is done. */
export function isMove(kind: Act['kind'] | (string & {})): boolean {
  return kind === 'forward' || kind === 'transfer' || kind === 'reply'
}

/** How one act of a rule stands. */
export type EntryStanding =
  | { readonly kind: 'open'; readonly attempt: number }
  | { readonly kind: 'waits'; readonly untilMs: number }
  | { readonly kind: 'done' }

/** `taken`: what the rule did with the call, or what it said if it only says. */
export function selectStanding(taken: readonly TakenAct[], entry: number, nowMs: number): EntryStanding {
  let last: TakenAct | undefined
  for (const act of taken) {
    if (act.entry === entry && (last === undefined || act.attempt > last.attempt)) last = act
  }
  if (last === undefined) return { kind: 'open', attempt: 1 }
  if (last.outcome !== 'limited' || last.attempt >= MAX_ATTEMPTS) return { kind: 'done' }
  if (last.retryAtMs !== undefined && last.retryAtMs > nowMs) return { kind: 'waits', untilMs: last.retryAtMs }
  return { kind: 'open', attempt: last.attempt + 1 }
}

/** The acts that count: those of which something may have come. */
export function countActs(taken: readonly TakenAct[]): number {
  return taken.filter(({ isSaid, outcome }) => !isSaid && outcome !== 'limited').length
}

/** Whether one of a rule's acts has moved the call, or may have. */
export function hasMoved(taken: readonly TakenAct[]): boolean {
  return taken.some((act) => isMove(act.kind) && act.outcome !== 'limited')
}

/** Whether the call is on its way from a leg, so that nothing else can move it from there. */
export function isMoving(taken: readonly TakenAct[], partyId: string): boolean {
  return taken.some(
    (act) =>
      act.partyId === partyId &&
      isMove(act.kind) &&
      !act.isSaid &&
      (act.outcome === undefined || act.outcome === 'done'),
  )
}
