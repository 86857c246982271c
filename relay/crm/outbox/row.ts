import type { CallRecord } from '../../../shared/crm/call-record.ts'
import type { CrmState } from '../../../shared/protocol/http/crm.ts'
import type { CrmContact } from '../connector.ts'

/**
 * One customer call on its way into the CRM, as it is kept. Moments are ms since the epoch, the relay's clock.
 *
 * ```
 *   waiting ─▶ ready ─▶ sent ─▶ logged
 *                │        └──▶ ready | refused | givenUp
 *                ├──▶ noMatch | ambiguous | refused | givenUp          any but logged ─▶ leftOut
 *                └───── noMatch, when somebody has the number by then
 * ```
 */
export interface CrmRow {
  /** The call's key. */
  readonly key: string
  readonly state: CrmState
  readonly call: CallRecord
  /** Extensions that have a part in the call, queues among them: who may see it. */
  readonly memberIds: readonly string[]
  /** When something is to be done with it, in `waiting`, `ready` and `sent`. */
  readonly dueAtMs: number
  /** Requests to write it so far. */
  readonly tries: number
  /** Whose record it is in the CRM: who it was found for, or whom a person has chosen. */
  readonly contact?: CrmContact
  /** Whom a person may choose from. */
  readonly candidates?: readonly CrmContact[]
  readonly recordId?: string
  readonly recordUrl?: string
  /** Why it stands so, in the CRM's words or the relay's. */
  readonly words?: string
  /** When it is looked again by itself whether somebody has the number, in `noMatch`; absent: no more. */
  readonly lookAtMs?: number
  /** How many such looks were planned. */
  readonly looks?: number
  /** A note was changed after the record was written. */
  readonly isNoteDue?: boolean
  /** When it came to this state. */
  readonly sinceMs: number
}

/** What is to be done with by itself. */
const OPEN: ReadonlySet<CrmState> = new Set<CrmState>(['waiting', 'ready', 'sent'])

export function isOpen({ state, isNoteDue }: CrmRow): boolean {
  return OPEN.has(state) || isNoteDue === true
}
