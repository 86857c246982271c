import type { Fact } from '../calls/live-session.ts'
import type { Queue } from '../queue.ts'
import { type ExtensionTruth, tellExtension, tellReached } from './extensions.ts'
import { type Leg, tellLegs } from './legs.ts'
import { type QueueTruth, tellQueues } from './queues.ts'

/**
 * How an account really stands at one moment, and what has been since its day began: counted by plain loops over what the stand-in
 * knows of its calls. Nothing in it was read from an event, and none of the code that it is compared with is used.
 */
export interface Truth {
  /** How many changes have happened; each is told by one event. */
  readonly position: number
  /** Time of the last of them, ms since the epoch; 0 before the first. */
  readonly atMs: number
  /** By extension id; who has had no part in a call is missing. */
  readonly extensions: ReadonlyMap<string, ExtensionTruth>
  /** By extension id. */
  readonly queues: ReadonlyMap<string, QueueTruth>
  /** All parts of all calls, for what is not counted here. */
  readonly legs: readonly Leg[]
}

/** What is true after these changes. */
export function tellTruth(
  facts: readonly Fact[],
  { queues, daySinceMs }: { readonly queues: readonly Queue[]; readonly daySinceMs: number },
): Truth {
  const legs = tellLegs(facts)
  const reached = tellReached(legs)
  const owned = Map.groupBy(
    legs.filter(({ ownerId }) => ownerId !== undefined),
    ({ ownerId }) => ownerId ?? '',
  )
  return {
    position: facts.length,
    atMs: facts.reduce((latest, { atMs }) => Math.max(latest, atMs), 0),
    extensions: new Map([...owned].map(([id, own]) => [id, tellExtension(own, reached, daySinceMs)])),
    queues: tellQueues(legs, { queues, daySinceMs }),
    legs,
  }
}
