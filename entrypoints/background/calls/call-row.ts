import { assert } from '../../../shared/assert.ts'
import { selectTaker } from '../../../shared/call/answer.ts'
import type { Difference } from '../../../shared/call/difference.ts'
import { isWorthCard } from '../../../shared/call/pop.ts'
import { isSeenAlone, selectMine } from '../../../shared/call/roles.ts'
import type { Call } from '../../../shared/call/state.ts'
import type { TrackedCall } from '../../../shared/call/track.ts'
import type { CallView } from '../../../shared/call/view.ts'
import { missingSequences } from '../../../shared/history/history.ts'
import { measureAgent } from '../../../shared/metrics/agent.ts'
import { measureCall, selectTwoWayTalkStart } from '../../../shared/metrics/call.ts'
import { isEstimate } from '../../../shared/metrics/figure.ts'
import { numberKey } from '../../../shared/number/key.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { selectCardEnd } from './card-end.ts'

export interface RowContext {
  readonly extensionId: string
  /** In which the person writes numbers, ISO 3166. */
  readonly country: string
  /** Whether every event of the session is delivered, so that a missing number is a missed event. */
  readonly isComplete: boolean
  /** Relay's clock. */
  readonly nowMs: number
  /** How long the card of a finished call stays up by itself; infinite: until the person puts it away. */
  readonly endedCardMs: number
}

/**
 * The row of a call as its events tell it. What becomes of its card, and whether it was missed unseen, follows from what has
 * become different; what the person did to the card is carried over.
 */
export function buildRow(
  { call, history }: TrackedCall,
  view: CallView,
  delayMs: number,
  before: CallRow | undefined,
  { news, card }: Difference,
  { extensionId, country, isComplete, nowMs, endedCardMs }: RowContext,
): CallRow {
  const missing = isComplete ? missingSequences(history) : []
  const figures = measureAgent(call, extensionId, missing)
  assert(figures !== undefined, 'a person who has a view of a call should have figures of it')
  const { ring, talk, hold } = figures
  const isDismissed = card === 'opens' ? false : (before?.isDismissed ?? false)
  const shownUntilMs = selectCardEnd({ ...view, delayMs, isDismissed }, endedCardMs)
  const isUp = card === 'opens' || before?.active === 1
  // A call that ended long ago, in a week that is caught up with, has no card to read.
  const isActive = isUp && isWorthCard(call, extensionId) && (shownUntilMs === undefined || shownUntilMs > nowMs)
  const leg = call.legs.find(({ id }) => id === view.legId)
  const isAlone = isSeenAlone(call, selectMine(call, extensionId))
  const { twoWayTalk, callerWait } = measureCall(call, missing)
  const twoWaySince = isAlone || view.phase === 'ended' ? undefined : selectTwoWayTalkStart(call)
  const { key } = numberKey(view.counterpart.phoneNumber, country)
  const isMissed = news.includes('missed') || (before?.missedUnseen === 1 && view.outcome === before.outcome)
  return {
    telephonySessionId: view.telephonySessionId,
    partyId: view.legId,
    direction: view.direction,
    phase: view.phase,
    phaseSinceMs: view.phaseSinceMs,
    startedMs: view.startedMs,
    name: view.counterpart.name,
    phoneNumber: view.counterpart.phoneNumber,
    ...(key === undefined ? {} : { numberKey: key }),
    queueName: view.queueName,
    parkedAt: view.parkedAt,
    isMuted: leg?.muted ?? false,
    recordings: leg?.recordings ?? [],
    outcome: view.outcome,
    ringMs: ring.ms,
    talkMs: talk.ms,
    holdMs: hold.ms,
    twoWayTalkMs: isAlone ? undefined : twoWayTalk.ms,
    ...(twoWaySince === undefined ? {} : { twoWayTalkSinceMs: twoWaySince.timeMs }),
    callerWaitMs: isAlone ? undefined : callerWait?.ms,
    ...describeTaker(call, extensionId),
    peerIds: [...new Set(call.legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? []))],
    isEstimate: isEstimate(ring, talk, hold),
    missingSequences: missing,
    delayMs,
    ...(isActive ? { active: 1 } : {}),
    shownUntilMs: isActive ? shownUntilMs : undefined,
    isDismissed,
    isFolded: card === 'opens' ? undefined : before?.isFolded,
    ...(before?.chosenUrl === undefined ? {} : { chosenUrl: before.chosenUrl }),
    ...(isMissed ? { missedUnseen: 1 } : {}),
  }
}

function describeTaker(call: Call, extensionId: string): Pick<CallRow, 'takenBy'> {
  const taker = selectTaker(call)
  if (taker === undefined || call.startedMs === undefined) return {}
  const { leg, mark } = taker
  return {
    takenBy: {
      isMe: leg.extensionId === extensionId,
      // On a call from a queue that is the queue's.
      name: leg.queueCall ? undefined : leg.to.name,
      afterMs: Math.max(0, mark.timeMs - call.startedMs),
    },
  }
}
