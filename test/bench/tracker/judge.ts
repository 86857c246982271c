import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { CallPlan } from './call-plan.ts'
import { type CallReading, type Follower, isLive } from './follower.ts'
import { buildSessionStatus } from './session-status.ts'
import type { Delivery, UntidyStream } from './untidy-stream.ts'
import { compareWithTruth, type FinalCall, type Verdict } from './verdict.ts'

/** Who is in doubt about a call looks round this often, and asks about one call no more often than that. */
const DOUBT_INTERVAL_MS = MINUTE_MS

/** Lets a fresh follower see the whole stream and a day pass after it, and compares what it tells with the truth. */
export function judge(follower: Follower, stream: UntidyStream): Verdict {
  const audience = createAudience(follower, stream)
  let nowMs = stream.deliveries[0]?.arrivesAtMs ?? 0
  for (const delivery of stream.deliveries) {
    for (; nowMs <= delivery.arrivesAtMs; nowMs += SECOND_MS) audience.passTime(nowMs)
    audience.deliver(delivery)
  }
  for (const endMs = nowMs + DAY_MS; nowMs < endMs; nowMs += MINUTE_MS) audience.passTime(nowMs)
  return {
    ...compareWithTruth(audience.finalCalls(), follower.tells),
    refusedEvents: audience.refusedEvents,
    repairs: audience.repairs,
    heldSessions: stream.plans.filter((plan) => follower.readCall(plan.telephonySessionId) !== undefined).length,
  }
}

/** Who looks at a follower while the stream runs, and remembers what it told last of each call. */
function createAudience(follower: Follower, { plans, lost }: UntidyStream) {
  const calls = new Map(plans.map((plan) => [plan.telephonySessionId, createSeenCall(plan)]))
  let nextDoubtMs = 0
  let refusedEvents = 0
  let repairs = 0

  function read(call: SeenCall): void {
    call.reading = follower.readCall(call.plan.telephonySessionId)
    if (isLive(call.reading)) call.wasLive = true
    else call.wasOver ||= call.wasLive
  }

  function find(telephonySessionId: string): SeenCall {
    const call = calls.get(telephonySessionId)
    if (call === undefined) throw new RangeError('a session of the stream was expected, but it holds none with this id')
    return call
  }

  return {
    get refusedEvents() {
      return refusedEvents
    },
    get repairs() {
      return repairs
    },
    deliver({ telephonySessionId, arrivesAtMs, text }: Delivery): void {
      if (follower.track(JSON.parse(text), arrivesAtMs) === undefined) refusedEvents += 1
      else read(find(telephonySessionId))
    },
    passTime(nowMs: number): void {
      follower.passTime(nowMs)
      if (follower.doubt === undefined || nowMs < nextDoubtMs) return
      nextDoubtMs = nowMs + DOUBT_INTERVAL_MS
      for (const telephonySessionId of follower.doubt.list(nowMs)) {
        const call = find(telephonySessionId)
        follower.doubt.repair(buildSessionStatus(call.plan, nowMs))
        repairs += 1
        read(call)
      }
    },
    finalCalls: (): readonly FinalCall[] =>
      [...calls.values()].map((call) => ({ ...call, lost: lost.get(call.plan.telephonySessionId) ?? NOTHING_LOST })),
  }
}

const NOTHING_LOST: ReadonlySet<number> = new Set()

interface SeenCall {
  readonly plan: CallPlan
  reading: CallReading | undefined
  wasLive: boolean
  /** After having been live. */
  wasOver: boolean
}

function createSeenCall(plan: CallPlan): SeenCall {
  return { plan, reading: undefined, wasLive: false, wasOver: false }
}
