import type { Difference } from '../../../shared/call/difference.ts'
import { isWorthCard } from '../../../shared/call/pop.ts'
import type { TrackedCall } from '../../../shared/call/track.ts'
import type { CallView } from '../../../shared/call/view.ts'
import { type RowReader, selectRowFacts } from '../../lib/row-facts.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { selectCardEnd } from './card-end.ts'

export interface RowContext extends RowReader {
  /** Relay's clock. */
  readonly nowMs: number
  /** How long the card of a finished call stays up by itself; infinite: until the person puts it away. */
  readonly endedCardMs: number
}

/** What the rows need to know of the moment. */
export type FrameContext = Omit<RowContext, 'extensionId' | 'country'>

/**
 * The row of a call as its events tell it. What becomes of its card, and whether it was missed unseen, follows from what has
 * become different; what the person did to the card is carried over.
 */
export function buildRow(
  tracked: TrackedCall,
  view: CallView,
  delayMs: number,
  before: CallRow | undefined,
  { news, card }: Difference,
  context: RowContext,
): CallRow {
  const { extensionId, nowMs, endedCardMs } = context
  const isLive = view.phase !== 'ended'
  // It looked over, and something late shows that it goes on: no card opens again, but it is among the calls that go on.
  const isRevived = isLive && card !== 'opens' && before?.active !== 1
  const isDismissed = card === 'opens' ? false : isRevived || (before?.isDismissed ?? false)
  const shownUntilMs = selectCardEnd({ ...view, delayMs, isDismissed }, endedCardMs)
  const isUp = isLive || card === 'opens' || before?.active === 1
  // A call that ended long ago, in a week that is caught up with, has no card to read.
  const isActive =
    isUp && isWorthCard(tracked.call, extensionId) && (shownUntilMs === undefined || shownUntilMs > nowMs)
  const isMissed = news.includes('missed') || (before?.missedUnseen === 1 && view.outcome === before.outcome)
  return {
    ...selectRowFacts(tracked, view, context),
    delayMs,
    ...(isLive ? { live: 1 } : {}),
    ...(isActive ? { active: 1 } : {}),
    shownUntilMs: isActive ? shownUntilMs : undefined,
    isDismissed,
    isFolded: card === 'opens' ? undefined : before?.isFolded,
    ...(before?.chosenUrl === undefined ? {} : { chosenUrl: before.chosenUrl }),
    ...(isMissed ? { missedUnseen: 1 } : {}),
  }
}
