import type { Act } from '../../shared/rules/rule.ts'

/** What a rule wants done with a leg, now. */
export interface ActOrder {
  readonly rule: string
  readonly act: Act
  /** The same for one entry of a rule and one customer call, whatever is told again, and in every process; a new attempt has another. */
  readonly actId: string
  readonly telephonySessionId: string
  /** The leg: the agent's, or the queue's own. */
  readonly partyId: string
  /** Extension id of whose leg it is. */
  readonly ownerId: string | undefined
  /** Of who is on that leg's phone, for `supervise`. */
  readonly agentId: string | undefined
  /** As RingCentral tells it; `undefined` where it is withheld. */
  readonly caller: string | undefined
}

/**
 * Carries orders out. It resolves when what came of it is in the log, and rejects where that can't be written. An order whose `actId` is in
 * the log already, or can't be written there, is not carried out: an act is intended once.
 */
export type CarryOut = (order: ActOrder) => Promise<void>
