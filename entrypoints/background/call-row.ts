import { isWorthCard } from '../../shared/call/pop.ts'
import { selectMyLeg, selectView } from '../../shared/call/select.ts'
import type { TrackedCall } from '../../shared/call/track.ts'
import { missingSequences } from '../../shared/history/history.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { CallRow } from '../lib/store/schema.ts'

/** How long the card of a finished call stays up by itself: time to read three figures. */
export const ENDED_CARD_MS = 60 * SECOND_MS

export interface RowContext {
  readonly extensionId: string
  /** Whether every event of the session is delivered, so that a missing number is a missed event. */
  readonly isComplete: boolean
  /** Relay's clock. */
  readonly nowMs: number
}

/**
 * The row of a call as its events tell it, with what the person did to its card carried over. `undefined` when they have no
 * part in it. A call that was never seen live (a late event), or ended long ago (a week to catch up with), gets no card.
 */
export function buildRow(
  tracked: TrackedCall,
  delayMs: number,
  before: CallRow | undefined,
  { extensionId, isComplete, nowMs }: RowContext,
): CallRow | undefined {
  const view = selectView(tracked.call, extensionId)
  const leg = selectMyLeg(tracked.call, extensionId)
  const figures = measureAgent(tracked.call, extensionId)
  if (view === undefined || leg === undefined || figures === undefined) return undefined
  const shownUntilMs = view.phase === 'ended' ? view.phaseSinceMs + delayMs + ENDED_CARD_MS : undefined
  const isStillShown = shownUntilMs === undefined || (before?.active === 1 && shownUntilMs > nowMs)
  const isActive = isWorthCard(tracked.call, leg) && isStillShown
  return {
    telephonySessionId: view.telephonySessionId,
    direction: view.direction,
    phase: view.phase,
    phaseSinceMs: view.phaseSinceMs,
    startedMs: view.startedMs,
    name: view.counterpart.name,
    phoneNumber: view.counterpart.phoneNumber,
    queueName: view.queueName,
    outcome: view.outcome,
    ringMs: figures.ring.ms,
    talkMs: figures.talk.ms,
    holdMs: figures.hold.ms,
    isEstimate: [figures.ring, figures.talk, figures.hold].some(({ estimate }) => estimate !== undefined),
    missingSequences: isComplete ? missingSequences(tracked.history) : [],
    delayMs,
    ...(isActive ? { active: 1 } : {}),
    shownUntilMs: isActive ? shownUntilMs : undefined,
    isDismissed: before?.isDismissed ?? false,
  }
}
