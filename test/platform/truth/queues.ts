import { SECOND_MS } from '../../../shared/time.ts'
import type { Queue } from '../queue.ts'
import { isOver, type Leg, spentMs } from './legs.ts'

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
  const live = legs.filter((leg) => !isOver(leg))
  return new Map(
    queues.map((queue) => {
      const waits = legs.filter(({ role, extensionId }) => role === 'queue' && extensionId === queue.extensionId)
      const ended = waits.filter((leg) => leg.startedMs >= daySinceMs && !isWaiting(leg))
      return [
        queue.extensionId,
        {
          waiting: waits.filter(isWaiting).map((wait) => describeWait(wait, live)),
          busyMembers: queue.agents.map(({ extensionId }) => extensionId).filter((id) => busy.has(id)),
          today: countToday(ended, queue),
        },
      ]
    }),
  )
}

/** A queue's own part is its caller's wait. */
function isWaiting(leg: Leg): boolean {
  return !isOver(leg) && leg.code !== 'VoiceMail'
}

function describeWait({ telephonySessionId, partyId, startedMs, number, extensionId }: Leg, live: readonly Leg[]) {
  const ringing = live.filter(
    (leg) => leg.telephonySessionId === telephonySessionId && leg.queueId === extensionId && leg.code === 'Proceeding',
  )
  return {
    telephonySessionId,
    partyId,
    sinceMs: startedMs,
    number,
    ringing: ringing.flatMap(({ ownerId }) => ownerId ?? []),
  }
}

/** A phone that rings is not. */
function isConnected({ role, ownerId, code }: Leg): boolean {
  return ownerId !== undefined && role !== 'observer' && (code === 'Answered' || code === 'Hold')
}

/** A wait ends when the queue's part leaves or takes a message. */
function waitMsOf(leg: Leg): number {
  return spentMs(leg, 'Setup') + spentMs(leg, 'Answered')
}

function countToday(waits: readonly Leg[], { settings }: Queue): QueueTodayTruth {
  const { thresholdS, includesAbandoned, abandonedThresholdS } = settings.serviceLevel
  const outcomes = waits.map((leg) => ({ waitMs: waitMsOf(leg), outcome: outcomeOf(leg) }))
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

function outcomeOf(leg: Leg): 'answered' | 'abandoned' | 'redirected' {
  if (leg.reason === 'AgentAnswered') return 'answered'
  const leftMessage = leg.code === 'VoiceMail' || leg.stretches.some(({ code }) => code === 'VoiceMail')
  return leftMessage || leg.reason === 'CallRedirected' ? 'redirected' : 'abandoned'
}
