import { SECOND_MS } from '../../../shared/time.ts'
import type { Queue } from '../queue.ts'
import { isOver, type Leg, sinceWhen } from './legs.ts'

/** A queue as it stands, and what has been since the day began. */
export interface QueueTruth {
  /** Callers who wait, the longest first. */
  readonly waiting: readonly WaitingTruth[]
  /** Extension ids of members who are connected to somebody, whoever it is. */
  readonly busyMembers: readonly string[]
  readonly today: QueueTodayTruth
}

export interface WaitingTruth {
  readonly telephonySessionId: string
  readonly partyId: string
  readonly sinceMs: number
  readonly number: string | undefined
  /** Extension ids of the agents whose phones ring for them now. */
  readonly ringing: readonly string[]
}

/** Of callers who came in since the day began and wait no longer; `offered` is the sum of the three after it. */
export interface QueueTodayTruth {
  readonly offered: number
  readonly answered: number
  readonly abandoned: number
  /** Left a message, or were sent to another queue or person. */
  readonly redirected: number
  /** By the queue's own settings; the share is `undefined` before the first caller who counts. */
  readonly serviceLevel: { readonly inTime: number; readonly counted: number; readonly share: number | undefined }
  readonly waitedMs: number
  readonly longestWaitMs: number
}

export function tellQueues(
  legs: readonly Leg[],
  { queues, daySinceMs }: { readonly queues: readonly Queue[]; readonly daySinceMs: number },
): ReadonlyMap<string, QueueTruth> {
  const busy = new Set(legs.filter(isConnected).map(({ ownerId }) => ownerId))
  const offers = Map.groupBy(
    legs.filter(({ queueId }) => queueId !== undefined),
    ({ telephonySessionId }) => telephonySessionId,
  )
  return new Map(
    queues.map((queue) => {
      const waits = legs
        .filter(({ role, extensionId }) => role === 'queue' && extensionId === queue.extensionId)
        .map((leg) => tellWait(leg, offers.get(leg.telephonySessionId) ?? []))
      const ended = waits.filter(({ leg, end }) => end !== undefined && leg.startedMs >= daySinceMs)
      return [
        queue.extensionId,
        {
          waiting: waits.filter(({ end }) => end === undefined).map(describeWaiting),
          busyMembers: queue.agents.map(({ extensionId }) => extensionId).filter((id) => busy.has(id)),
          today: countToday(ended, queue),
        },
      ]
    }),
  )
}

/** A caller's time in a queue: the queue's own part, until it leaves or takes a message. */
interface Wait {
  readonly leg: Leg
  readonly offers: readonly Leg[]
  readonly end: { readonly atMs: number; readonly outcome: 'answered' | 'abandoned' | 'redirected' } | undefined
}

function tellWait(leg: Leg, ofSession: readonly Leg[]): Wait {
  // A caller may come into the same queue twice.
  const offers = ofSession.filter(({ queueId, startedMs }) => queueId === leg.extensionId && startedMs >= leg.startedMs)
  const messageMs = sinceWhen(leg, 'VoiceMail')
  if (messageMs !== undefined) return { leg, offers, end: { atMs: messageMs, outcome: 'redirected' } }
  return { leg, offers, end: isOver(leg) ? { atMs: leg.sinceMs, outcome: outcomeOf(leg) } : undefined }
}

function outcomeOf({ reason }: Leg): 'answered' | 'abandoned' | 'redirected' {
  if (reason === 'AgentAnswered') return 'answered'
  return reason === undefined ? 'abandoned' : 'redirected'
}

function describeWaiting({ leg, offers }: Wait): WaitingTruth {
  const { telephonySessionId, partyId, startedMs, number } = leg
  return {
    telephonySessionId,
    partyId,
    sinceMs: startedMs,
    number,
    ringing: offers.flatMap(({ code, ownerId }) => (code === 'Proceeding' ? (ownerId ?? []) : [])),
  }
}

/** A phone that rings is not. */
function isConnected({ role, ownerId, code }: Leg): boolean {
  return ownerId !== undefined && role !== 'observer' && (code === 'Answered' || code === 'Hold')
}

function countToday(waits: readonly Wait[], { settings }: Queue): QueueTodayTruth {
  const { thresholdS, includesAbandoned, abandonedThresholdS } = settings.serviceLevel
  const outcomes = waits.map(({ leg, end }) => ({ waitMs: (end?.atMs ?? 0) - leg.startedMs, outcome: end?.outcome }))
  const answered = outcomes.filter(({ outcome }) => outcome === 'answered')
  const abandoned = outcomes.filter(({ outcome }) => outcome === 'abandoned')
  const inTime = answered.filter(({ waitMs }) => waitMs <= thresholdS * SECOND_MS).length
  const gaveUp = abandoned.filter(({ waitMs }) => waitMs > abandonedThresholdS * SECOND_MS).length
  const counted = answered.length + (includesAbandoned ? gaveUp : 0)
  return {
    offered: waits.length,
    answered: answered.length,
    abandoned: abandoned.length,
    redirected: waits.length - answered.length - abandoned.length,
    serviceLevel: { inTime, counted, share: counted === 0 ? undefined : inTime / counted },
    waitedMs: outcomes.reduce((sum, { waitMs }) => sum + waitMs, 0),
    longestWaitMs: Math.max(0, ...outcomes.map(({ waitMs }) => waitMs)),
  }
}
