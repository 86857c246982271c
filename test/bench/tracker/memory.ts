import { DAY_MS, MINUTE_MS } from '../../../shared/time.ts'
import { createRandom } from '../../support/random.ts'
import { type Change, listChanges } from './call-plan.ts'
import { createCallPlan } from './call-shapes.ts'
import { buildEnvelope } from './envelope.ts'
import type { Follower } from './follower.ts'
import { collectGarbage } from './garbage.ts'

/** What a follower holds for a call: bytes of heap, as a mean over random calls. */
export interface Memory {
  /** Of a call that is about to end. */
  readonly liveBytes: number
  /** Of one that is over and not forgotten yet. */
  readonly finishedBytes: number
  /** Of one that has been let go, while it is still remembered that there was one. */
  readonly rememberedBytes: number
  /** Of one that was over a day ago. */
  readonly forgottenBytes: number
  readonly eventsPerCall: number
}

const STARTS_AT_MS = Date.UTC(2026, 5, 1, 8)
const WARMING_CALLS = 200
/** The last two events of a call are the two ends of its conversation. */
const CLOSING_EVENTS = 2
/** All calls that begin at once are over by then, and the first of them not for an hour. */
const LET_GO_AFTER_MS = 50 * MINUTE_MS

export function measureMemory(createFollower: () => Follower, calls: number): Memory {
  warmUp(createFollower)
  const follower = createFollower()
  const emptyBytes = heapBytes()
  const opening = trackCalls(follower, calls, (changes) => changes.slice(0, -CLOSING_EVENTS))
  const liveBytes = heapBytes() - emptyBytes
  const closing = trackCalls(follower, calls, (changes) => changes.slice(-CLOSING_EVENTS))
  const finishedBytes = heapBytes() - emptyBytes
  follower.passTime(STARTS_AT_MS + LET_GO_AFTER_MS)
  const rememberedBytes = heapBytes() - emptyBytes
  follower.passTime(STARTS_AT_MS + 2 * DAY_MS)
  const forgottenBytes = heapBytes() - emptyBytes
  return {
    liveBytes: liveBytes / calls,
    finishedBytes: finishedBytes / calls,
    rememberedBytes: rememberedBytes / calls,
    forgottenBytes: forgottenBytes / calls,
    eventsPerCall: (opening + closing) / calls,
  }
}

/** In a function of its own: what it made is garbage only when it has returned. */
function warmUp(createFollower: () => Follower): void {
  trackCalls(createFollower(), WARMING_CALLS, (changes) => changes)
}

/** Tracks a part of each call, always the same calls, and keeps nothing of it. The number of events. */
function trackCalls(
  follower: Follower,
  calls: number,
  select: (changes: readonly Change[]) => readonly Change[],
): number {
  let events = 0
  for (let number = 0; number < calls; number += 1) {
    const plan = createCallPlan({ number, startsAtMs: STARTS_AT_MS, random: createRandom(number) })
    for (const change of select(listChanges(plan))) {
      const sending = { uuid: `${number}-${change.sequence}`, subscriptionId: 'subscription-1', madeAtMs: change.atMs }
      follower.track(JSON.parse(JSON.stringify(buildEnvelope(plan, change, sending))), change.atMs)
      events += 1
    }
  }
  return events
}

/** Collecting once leaves what is freed by collecting. */
function heapBytes(): number {
  for (let times = 0; times < 3; times += 1) collectGarbage()
  return process.memoryUsage().heapUsed
}
