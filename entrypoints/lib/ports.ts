import type { Outcome } from '../../shared/call/outcome.ts'
import type { Phase } from '../../shared/call/view.ts'
import type { DisplayNumber } from '../../shared/number/format.ts'

/** Ports from a CRM page. `page` is the small script that is always there; `card` is the card, once injected. */
export const PAGE_PORT = 'page'
export const CARD_PORT = 'card'

/** What the small script tells. */
export type PageMessage = { readonly type: 'visibility'; readonly isVisible: boolean }

/** What the small script is told. `rest`: nobody is signed in, do not come back by yourself. `wake`: do, now. */
export type PageOrder = { readonly type: 'rest' } | { readonly type: 'wake' }

/** What a card is told: everything there is to draw. */
export interface CardSnapshot {
  readonly type: 'cards'
  readonly calls: readonly CardCall[]
  /** When the stream broke off, ms since the epoch, browser's clock; absent while it is whole. */
  readonly lostSinceMs: number | undefined
}

/** One call on a card. Times are durations at the moment of sending: the card adds what has passed since. */
export interface CardCall {
  readonly telephonySessionId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  readonly name: string | undefined
  /** Formatted for reading; absent when withheld. */
  readonly number: DisplayNumber | undefined
  readonly queueName: string | undefined
  readonly outcome: Outcome | undefined
  /** How long the phase has lasted. */
  readonly phaseMs: number
  /** Finished talk, hold and ring; the phase that is running comes on top. */
  readonly ringMs: number
  readonly talkMs: number
  readonly holdMs: number
}

/** A call that is going on, whether its card is up or was put away. */
export interface LiveCall extends CardCall {
  readonly isDismissed: boolean
}

/** What a card asks. */
export type CardMessage = { readonly type: 'dismiss'; readonly telephonySessionId: string }
