import * as v from 'valibot'

/**
 * What was done with a call by a rule or by a person, as a record of the relay's log: the audit is made of these, and they are
 * kept as long as the log. An act has two: that it is intended, durable before RingCentral is asked, and what came of it. One
 * that has no second, because the relay ended in between, is unknown for ever, and never repeated. What a person did has the
 * second alone, and so has what a rule wanted and RingCentral was not asked for.
 */

const destination = v.union([
  v.object({ extensionId: v.string() }),
  v.object({ extensionNumber: v.string() }),
  v.object({ phoneNumber: v.string() }),
  v.object({ voicemail: v.string() }),
  /** Where a person parks a call. */
  v.object({ parkOrbit: v.string() }),
  /** Another call of the same person, which a call is joined with. */
  v.object({ telephonySessionId: v.string() }),
])

/** Whom or what an act goes to; `watchers`: all who watch the call. */
export const actTarget = v.union([destination, v.literal('watchers')])
export type ActTarget = v.InferOutput<typeof actTarget>

const common = {
  /** Of both records of one act. */
  actId: v.string(),
  /** Empty for a call that a person asked for and that was not placed. */
  telephonySessionId: v.string(),
  partyId: v.optional(v.string()),
  /** Extension id of whose leg a rule acts on. */
  from: v.optional(v.string()),
  by: v.union([v.object({ rule: v.string() }), v.object({ extensionId: v.string(), name: v.optional(v.string()) })]),
  /** `forward`, `transfer`, `reply`, `alert`, `supervise`, or another operation of CONTROL.md. */
  act: v.string(),
  to: v.optional(actTarget),
  text: v.optional(v.string()),
  deviceId: v.optional(v.string()),
  /** The number of who calls; absent where it is withheld. */
  caller: v.optional(v.string()),
  /** Extension id of whose login RingCentral is asked with; absent for the relay's own user. */
  asWhom: v.optional(v.string()),
}

/**
 * - `done`: RingCentral took it.
 * - `tooLate`: the call was in another state by then (409), or over (404).
 * - `limited`: RingCentral takes no more for a while (429); nothing was done, and it may be intended anew.
 * - `refused`: by RingCentral, for good.
 * - `failed`: it was not asked, or certainly did nothing.
 * - `unknown`: it was asked, and nobody can tell whether it was done.
 */
export const ACT_OUTCOMES = ['done', 'tooLate', 'limited', 'refused', 'failed', 'unknown'] as const
export type ActOutcome = (typeof ACT_OUTCOMES)[number]

export const actSchema = v.variant('step', [
  v.object({ step: v.literal('intended'), ...common }),
  v.object({
    step: v.literal('answered'),
    ...common,
    outcome: v.picklist(ACT_OUTCOMES),
    /** RingCentral's status, where it answered. */
    status: v.optional(v.number()),
    /** What it said. */
    words: v.optional(v.string()),
    retryAfterMs: v.optional(v.number()),
  }),
])
/** What {@link actSchema} describes. */
export type ActRecord = v.InferOutput<typeof actSchema>

/**
 * What clients are told of it. `sent` goes to whom a rule sent the call, to whom it was taken from, and to whoever watches it; `alert` to whom it is for, who
 * need not have a part in the call and gets no right to see it.
 */
export const actNoticeSchema = v.variant('kind', [
  v.object({
    telephonySessionId: v.string(),
    kind: v.literal('sent'),
    rule: v.string(),
    to: v.string(),
    /** Extension id of at whose phone it was; absent where it was at nobody's. */
    from: v.optional(v.string()),
  }),
  v.object({
    telephonySessionId: v.string(),
    kind: v.literal('alert'),
    rule: v.string(),
    /** Extension id, or all who watch the call. */
    to: v.string(),
    text: v.string(),
    caller: v.optional(v.string()),
  }),
])
export type ActNotice = v.InferOutput<typeof actNoticeSchema>
