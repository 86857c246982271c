import type { Outcome } from '../../../shared/call/outcome.ts'
import type { KnownNames } from './caller-name.ts'

/** What this browser knows about the other side of a call: contacts, earlier calls, notes. */
export interface KnownCaller {
  /** From the person's own contacts; `undefined` when nobody there has this number. */
  readonly contact: KnownContact | undefined
  /** What their number goes by here. */
  readonly names: KnownNames
  /** How many calls with this number are kept, up to this one and with it. */
  readonly calls: number
  /** The last before this one, the latest first; at most three. */
  readonly lastCalls: readonly EarlierCall[]
  /** The latest note about an earlier call with this number. */
  readonly lastNote: { readonly text: string; readonly atMs: number } | undefined
  /** Tags of the contact and of earlier calls, each once. */
  readonly tags: readonly string[]
}

export interface KnownContact {
  readonly name: string
  readonly company: string | undefined
}

export interface EarlierCall {
  readonly telephonySessionId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly outcome: Outcome | undefined
  /** Ms since the epoch, platform's clock. */
  readonly startedMs: number
  readonly talkMs: number
  /** What the colleague is called who took it; `undefined` when nobody else did, or nobody knows. */
  readonly takenBy: string | undefined
  /** What was noted about it. */
  readonly note: string | undefined
}
