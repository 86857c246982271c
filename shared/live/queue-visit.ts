import { comesBefore, selectConnected, selectFirst, selectStart } from '../call/leg.ts'
import { isQueue, selectCaller, selectDirection } from '../call/roles.ts'
import type { Call, Leg, LegState, Mark } from '../call/state.ts'
import { type Counterpart, selectCounterpart } from '../call/view.ts'
import type { Reason } from '../protocol/status-codes.ts'
import { SECOND_MS } from '../time.ts'

/**
 * A caller in a queue, from the queue's own party: since its first event, until the party leaves, which it does as soon as an agent
 * has answered, or until a machine takes over. The phones that ring for them are offers, and no callers.
 */
export interface QueueVisit {
  readonly queueId: string
  readonly telephonySessionId: string
  readonly partyId: string
  readonly sinceMs: number
  readonly caller: Counterpart
  /** Extension ids of the agents whose phones ring for them now. */
  readonly ringing: readonly string[]
  /** `undefined` while they wait. */
  readonly end: VisitEnd | undefined
}

/** How a wait ended: an agent took the call, the caller hung up, or the call went elsewhere. */
export interface VisitEnd {
  readonly outcome: 'answered' | 'abandoned' | 'redirected'
  readonly atMs: number
  /** Extension id of the agent who took the call. */
  readonly takenBy: string | undefined
}

/** Tells queues by their extension ids, as the account's directory has them; what the events themselves tell is found without. */
export type IsQueueId = (extensionId: string) => boolean

/** Whether a leg is a queue's own. */
export function isOfQueue(call: Call, leg: Leg, isQueueId: IsQueueId): boolean {
  return leg.extensionId !== undefined && !leg.queueCall && (isQueueId(leg.extensionId) || isQueue(call, leg))
}

/** The callers that a session brought into queues: one, or several where the call went from queue to queue. */
export function selectQueueVisits(call: Call, isQueueId: IsQueueId): readonly QueueVisit[] {
  return call.legs.flatMap((leg) =>
    leg.extensionId !== undefined && isOfQueue(call, leg, isQueueId) ? describeVisit(call, leg, leg.extensionId) : [],
  )
}

function describeVisit(call: Call, leg: Leg, queueId: string): QueueVisit {
  const offers = call.legs.filter((other) => other.queueCall && other.to.extensionId === queueId)
  const end = selectVisitEnd(call, leg, offers)
  return {
    queueId,
    telephonySessionId: call.telephonySessionId,
    partyId: leg.id,
    sinceMs: selectStart(leg).timeMs,
    caller: selectCounterpart(leg),
    ringing: end === undefined ? offers.flatMap((offer) => (isRinging(offer) ? (offer.extensionId ?? []) : [])) : [],
    end,
  }
}

function isRinging({ current }: Leg): boolean {
  return current?.state === 'ring' || current?.state === 'setup'
}

function selectVisitEnd(call: Call, leg: Leg, offers: readonly Leg[]): VisitEnd | undefined {
  const taken = selectTaken(leg, offers)
  const left = selectLeft(leg)
  if (left === undefined) return selectUntoldEnd(call, leg, taken)
  const isTaken = taken !== undefined || leg.end?.reason === 'AgentAnswered'
  const outcome = isTaken ? 'answered' : hasGivenUp(call, leg) ? 'abandoned' : 'redirected'
  return { outcome, atMs: left.timeMs, takenBy: taken?.agent.extensionId }
}

/**
 * The end of a wait of which the word was lost: an agent has the call and more was told since, or nobody else is there any more.
 */
function selectUntoldEnd(call: Call, leg: Leg, taken: Taken | undefined): VisitEnd | undefined {
  const others = call.legs.filter((other) => other !== leg)
  const latestMs = Math.max(...others.map((other) => other.latestMs))
  if (taken !== undefined && latestMs > taken.mark.timeMs + TOGETHER_MS)
    return { outcome: 'answered', atMs: taken.mark.timeMs, takenBy: taken.agent.extensionId }
  if (others.length === 0 || others.some(({ end }) => end === undefined)) return undefined
  const atMs = Math.max(latestMs, selectStart(leg).timeMs)
  return { outcome: taken === undefined ? 'abandoned' : 'answered', atMs, takenBy: taken?.agent.extensionId }
}

interface Taken {
  readonly agent: Leg
  readonly mark: Mark
}

/** The first agent to answer while the caller waited; after `AgentAnswered` also one of whom that is told late. */
function selectTaken(leg: Leg, offers: readonly Leg[]): { readonly agent: Leg; readonly mark: Mark } | undefined {
  const start = selectStart(leg)
  let first: Taken | undefined
  for (const agent of offers) {
    const mark = selectConnected(agent)
    if (mark === undefined || !comesBefore(start, mark)) continue
    const isInTime = leg.end === undefined || leg.end.reason === 'AgentAnswered' || comesBefore(mark, leg.end.at)
    if (isInTime && (first === undefined || comesBefore(mark, first.mark))) first = { agent, mark }
  }
  return first
}

/** Where a caller's wait in the queue itself ended: its party left, or a machine took over. */
function selectLeft(leg: Leg): Mark | undefined {
  for (const state of MACHINES) {
    const mark = selectFirst(leg, state)
    if (mark !== undefined) return mark
  }
  return leg.end?.at
}

const MACHINES: readonly LegState[] = ['voicemail', 'fax']

/** The queue's party and the caller's leave within moments of each other when the caller hangs up. */
const TOGETHER_MS = 2 * SECOND_MS

/** Whether the caller left, rather than being sent elsewhere. */
function hasGivenUp(call: Call, leg: Leg): boolean {
  const { end } = leg
  if (end === undefined || selectFirst(leg, 'voicemail') !== undefined || selectFirst(leg, 'fax') !== undefined)
    return false
  if (isSentOn(call, leg, end.at)) return false
  const caller = selectCaller(call)
  if (caller === undefined) return end.kind === 'disconnected' && (end.reason === undefined || GIVEN_UP.has(end.reason))
  if (caller.end?.kind !== 'disconnected') return false
  return caller.end.at.timeMs <= end.at.timeMs + TOGETHER_MS
}

/** Whether somebody or something else was called once the queue had let go of the call. */
function isSentOn({ legs }: Call, leg: Leg, left: Mark): boolean {
  return legs.some((other) => {
    if (other === leg || selectDirection(other) === 'Outbound') return false
    const start = selectStart(other)
    return !comesBefore(start, left) && start.timeMs >= left.timeMs
  })
}

const GIVEN_UP: ReadonlySet<Reason | 'Unrecognised'> = new Set<Reason>(['Cancelled', 'CallDropped', 'CallFinished'])
