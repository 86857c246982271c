import * as v from 'valibot'
import { ACT_OUTCOMES, actTarget } from '../act.ts'
import { count, instant } from '../fields.ts'

/** `GET /v1/routing`, for who watches the whole account: the rules as they stand, and what they did today. */

export const ruleHit = v.object({
  telephonySessionId: v.string(),
  at: instant,
  /** Absent where it is withheld. */
  caller: v.optional(v.string()),
  /** What it did: `forward`, `transfer`, `reply`, `alert` or `supervise`; it is put into words where it is shown. */
  act: v.string(),
  to: v.optional(actTarget),
  /** Of `reply` and `alert`. */
  text: v.optional(v.string()),
  /** `unknown`: RingCentral was asked, and its answer never came. `dry`: nothing was done. */
  outcome: v.picklist([...ACT_OUTCOMES, 'dry']),
  /** RingCentral's words. */
  words: v.optional(v.string()),
})
export type RuleHit = v.InferOutput<typeof ruleHit>

export const ruleStanding = v.object({
  name: v.string(),
  isDry: v.boolean(),
  /** Of today, the latest first; at most a hundred. */
  hits: v.array(ruleHit),
  hitsToday: count,
  lastRefusal: v.optional(ruleHit),
})
export type RuleStanding = v.InferOutput<typeof ruleStanding>

export const routingAnswer = v.object({
  /** False when the relay has no rules; all else is empty then. */
  isOn: v.boolean(),
  timeZone: v.optional(v.string()),
  /** When the rules that hold were read. */
  readAt: v.optional(instant),
  rules: v.array(ruleStanding),
  /** What is wrong with the file by now, `FILE:LINE:COLUMN: reason`, one a fault; the rules of before hold meanwhile. */
  faults: v.array(v.string()),
})
export type RoutingAnswer = v.InferOutput<typeof routingAnswer>
