import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createRandom } from '../../support/random.ts'
import { type CallPlan, type Change, listChanges } from './call-plan.ts'
import { createCallPlan } from './call-shapes.ts'
import { buildEnvelope, uuidOf } from './envelope.ts'

/** Random calls and how word of them arrives: repeated, out of order, late, and in part not at all. */
export interface UntidyStream {
  readonly plans: readonly CallPlan[]
  /** By time of arrival. */
  readonly deliveries: readonly Delivery[]
  /** Sequences of which nothing ever arrives, by session; a session that lost nothing is not in it. */
  readonly lost: ReadonlyMap<string, ReadonlySet<number>>
}

export interface Delivery {
  /** ms since the epoch, platform's clock. */
  readonly arrivesAtMs: number
  readonly telephonySessionId: string
  /** The notification as JSON. */
  readonly text: string
}

const STARTS_AT_MS = Date.UTC(2026, 5, 1, 8)
/** From one call's start to the next, on average. */
const SPACING_MS = 2 * SECOND_MS
const LOST_SHARE = 0.05
const REPEATED_SHARE = 0.3
/** Of the arrivals: seconds late, so that others overtake them. */
const OVERTAKEN_SHARE = 0.2
const OVERTAKEN_MS = 5 * SECOND_MS
/** Of the arrivals: later than the minute for which RingCentral's own client remembers what ended. */
const LATE_SHARE = 0.02
const LATE_FROM_MS = 61 * SECOND_MS
const LATE_UP_TO_MS = 4 * MINUTE_MS

/** The same seed gives the same stream. */
export function createUntidyStream(seed: number, calls: number): UntidyStream {
  const random = createRandom(seed)
  const plans: CallPlan[] = []
  const deliveries: Delivery[] = []
  const lost = new Map<string, Set<number>>()
  let startsAtMs = STARTS_AT_MS
  for (let number = 0; number < calls; number += 1) {
    const plan = createCallPlan({ number, startsAtMs, random })
    plans.push(plan)
    startsAtMs += Math.round(2 * SPACING_MS * random())
    for (const change of listChanges(plan)) {
      if (random() < LOST_SHARE) {
        const sequences = lost.get(plan.telephonySessionId) ?? new Set<number>()
        lost.set(plan.telephonySessionId, sequences.add(change.sequence))
      } else {
        deliveries.push(...createDeliveries(plan, change, deliveries.length, random))
      }
    }
  }
  return { plans, deliveries: deliveries.sort((a, b) => a.arrivesAtMs - b.arrivesAtMs), lost }
}

/** One delivery, or two: the same notification again, or another one of the same change from a second subscription. */
function createDeliveries(plan: CallPlan, change: Change, number: number, random: () => number): readonly Delivery[] {
  const sending = { uuid: uuidOf(number), subscriptionId: 'subscription-1', madeAtMs: change.atMs + delay(random) }
  const send = (which: typeof sending) => ({
    arrivesAtMs: which.madeAtMs + delay(random) + mishap(random),
    telephonySessionId: plan.telephonySessionId,
    text: JSON.stringify(buildEnvelope(plan, change, which)),
  })
  if (random() >= REPEATED_SHARE) return [send(sending)]
  const again = { uuid: uuidOf(number + 1), subscriptionId: 'subscription-2', madeAtMs: change.atMs + delay(random) }
  return [send(sending), send(random() < 0.5 ? sending : again)]
}

/** What the recordings show between a change and word of it. */
function delay(random: () => number): number {
  return Math.round(14 + 136 * random())
}

function mishap(random: () => number): number {
  const kind = random()
  if (kind < LATE_SHARE) return Math.round(LATE_FROM_MS + (LATE_UP_TO_MS - LATE_FROM_MS) * random())
  return kind < LATE_SHARE + OVERTAKEN_SHARE ? Math.round(OVERTAKEN_MS * random()) : 0
}
