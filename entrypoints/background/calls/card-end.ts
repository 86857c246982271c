import type { Outcome } from '../../../shared/call/outcome.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** Time to read one line: who took the call, or that nobody is there any more. There is nothing else to do about it. */
export const BRIEF_CARD_MS = 10 * SECOND_MS
/** How long a card that was put away can be brought back. */
export const PUT_AWAY_MS = MINUTE_MS

const BRIEF: ReadonlySet<Outcome | undefined> = new Set<Outcome>(['answeredElsewhere', 'callerGaveUp', 'voicemail'])

/**
 * When the card of a call goes by itself, ms since the epoch, relay's clock: infinite, when only the person puts it away;
 * `undefined` while the call goes on. `endedCardMs`: how long the person wants a finished one to stay, from its end or from when
 * they used it last.
 */
export function selectCardEnd(
  call: Pick<CallRow, 'phase' | 'phaseSinceMs' | 'outcome' | 'delayMs' | 'usedMs' | 'isDismissed'>,
  endedCardMs: number,
): number | undefined {
  const { phase, phaseSinceMs, outcome, delayMs, usedMs = Number.NEGATIVE_INFINITY, isDismissed } = call
  if (phase !== 'ended') return undefined
  const mostMs = isDismissed ? PUT_AWAY_MS : BRIEF.has(outcome) ? BRIEF_CARD_MS : Number.POSITIVE_INFINITY
  return Math.max(phaseSinceMs + delayMs, usedMs) + Math.min(endedCardMs, mostMs)
}
