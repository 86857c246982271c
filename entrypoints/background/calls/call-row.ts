import type { Difference } from '../../../shared/call/difference.ts'
import type { MyCall } from '../../../shared/call/my-calls.ts'
import { hasOwnCard } from '../../../shared/call/worth-a-card.ts'
import { type RowReader, selectRowFacts } from '../../lib/call/row-facts.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { selectCardEnd } from './card-end.ts'

export interface RowContext extends RowReader {
  /** Relay's clock. */
  readonly nowMs: number
  /** How long the card of a finished call stays up by itself; infinite: until the person puts it away. */
  readonly endedCardMs: number
  /** Whether somebody is using the card of a call. */
  readonly isInUse: (telephonySessionId: string) => boolean
}

/** What the rows need to know of the moment. */
export interface FrameContext extends Pick<RowContext, 'nowMs' | 'endedCardMs'> {
  /** Whether every event of a session is there, so that a missing number is a missed event. */
  readonly isComplete: boolean
}

/**
 * The row of a call as its events tell it. What becomes of its card, and whether it was missed unseen, follows from what has
 * become different; what the person did to the card is carried over.
 */
export function buildRow(
  mine: MyCall,
  delayMs: number,
  before: CallRow | undefined,
  { news, card }: Difference,
  context: RowContext,
): CallRow {
  const { extensionId, nowMs, endedCardMs, isInUse } = context
  const { view } = mine
  const isLive = view.phase !== 'ended'
  // It looked over, and something late shows that it goes on: no card opens again, but it is among the calls that go on.
  const isRevived = isLive && card !== 'opens' && before?.active !== 1
  const isDismissed = card === 'opens' ? false : isRevived || (before?.isDismissed ?? false)
  const used = before?.usedMs === undefined ? {} : { usedMs: before.usedMs }
  const shownUntilMs = selectCardEnd({ ...view, ...used, delayMs, isDismissed }, endedCardMs)
  const isUp = isLive || card === 'opens' || before?.active === 1
  // A call that ended long ago, in a week that is caught up with, has no card to read.
  const isDue = shownUntilMs !== undefined && shownUntilMs <= nowMs
  const isActive = isUp && (isInUse(view.telephonySessionId) || (hasOwnCard(mine, extensionId) && !isDue))
  const wasMissed = before?.missedUnseen === 1 && view.outcome === before.outcome
  const isMissed = mine.kind === 'call' && (news.includes('missed') || wasMissed)
  const facts = selectRowFacts(mine, context)
  // The record was chosen for the caller of that time, not for a customer whom a colleague has put through since.
  const isSameOther = before?.numberKey === undefined || before.numberKey === facts.numberKey
  return {
    ...facts,
    delayMs,
    ...(isLive ? { live: 1 } : {}),
    ...(isActive ? { active: 1 } : {}),
    shownUntilMs: isActive ? shownUntilMs : undefined,
    ...used,
    isDismissed,
    isFolded: card === 'opens' ? undefined : before?.isFolded,
    ...(before?.chosenUrl !== undefined && isSameOther ? { chosenUrl: before.chosenUrl } : {}),
    ...(isLive && before?.isHandRaised ? { isHandRaised: true } : {}),
    ...(isLive && before?.whispers !== undefined ? { whispers: before.whispers } : {}),
    ...(isMissed ? { missedUnseen: 1 } : {}),
  }
}
