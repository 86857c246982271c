import * as v from 'valibot'

/** Names and settings from RingCentral's directory, by extension id. What RingCentral does not tell is absent. */

const seconds = v.optional(v.number())

export const directoryPerson = v.object({
  name: v.string(),
  extensionNumber: v.optional(v.string()),
  /** RingCentral's word: `User`, `Department` (a queue), `IvrMenu`, …; an open list. */
  type: v.string(),
})
export type DirectoryPerson = v.InferOutput<typeof directoryPerson>

export const directoryQueue = v.object({
  name: v.string(),
  extensionNumber: v.optional(v.string()),
  /** Extension ids of those whom the queue rings. */
  members: v.array(v.string()),
  /** Service level as the account has set it: this share of callers, in percent, … */
  slaGoal: v.optional(v.number()),
  /** … is answered within so many seconds. */
  slaSeconds: seconds,
  /** Whether callers who hang up before an answer count as not served. */
  slaCountsAbandoned: v.optional(v.boolean()),
  /** Who hangs up within so many seconds is not counted at all. */
  abandonedAfterSeconds: seconds,
  /** Callers who may wait at a time; the next is sent elsewhere. */
  maxCallers: v.optional(v.number()),
  /** A caller waits so long at most. */
  maxWaitSeconds: seconds,
  /** A phone of a member rings so long. */
  agentTimeoutSeconds: seconds,
  /** After a call of the queue a member is left alone for so long. */
  wrapUpSeconds: seconds,
})
export type DirectoryQueue = v.InferOutput<typeof directoryQueue>
