import { isMissed } from '../call/missed.ts'
import { isAnswered } from '../metrics/tally.ts'
import type { EndedCall } from './extension-calls.ts'
import type { GroupFacts } from './group-facts.ts'
import type { QueueVisit, VisitEnd } from './queue-visit.ts'
import { createRecords, type Records } from './records.ts'
import type { ExtensionTally, LastCall, QueueTally } from './types.ts'
import { countWait, type WaitsDraft } from './waits.ts'

/**
 * What the finished calls of today add up to, by extension and by queue. What sessions have told is taken out again as a whole
 * when they tell more, so the totals hold no call and grow with nothing but the account.
 */
export interface Totals {
  readonly extensionIds: Iterable<string>
  readonly queueIds: Iterable<string>
  add(facts: GroupFacts): void
  remove(facts: GroupFacts): void
  /** From here on calls count that begin then or later; of `tracked`, all that was added and may be taken again, what does is counted. */
  beginDay(sinceMs: number, tracked: readonly GroupFacts[]): void
  extension(extensionId: string): ExtensionTally
  lastCall(extensionId: string): LastCall | undefined
  queue(queueId: string): QueueTally
  /** Forgets last calls of before; answers with the extensions of which none is known any more. */
  forgetLastCalls(beforeMs: number): readonly string[]
  /** Takes over what was counted elsewhere. */
  load(told: ToldTotals): void
}

/** Totals as they are told, with what is known beside them. */
export interface ToldTotals {
  readonly extensions: ReadonlyMap<string, { readonly tally: ExtensionTally; readonly lastCall: LastCall | undefined }>
  readonly queues: ReadonlyMap<string, QueueTally>
}

type Draft<T> = { -readonly [Field in keyof T]: T[Field] }

interface QueueDraft extends Draft<Omit<QueueTally, 'answeredWaits' | 'abandonedWaits' | 'longestWait'>> {
  readonly answeredWaits: WaitsDraft
  readonly abandonedWaits: WaitsDraft
  readonly longest: Records<LongestWait>
}

type LongestWait = NonNullable<QueueTally['longestWait']>

export function createTotals(sinceMs: number): Totals {
  let fromMs = sinceMs
  const extensions = new Map<string, Draft<ExtensionTally>>()
  const lastCalls = new Map<string, Records<LastCall>>()
  let lastCallsFromMs = Number.NEGATIVE_INFINITY
  const queues = new Map<string, QueueDraft>()

  function count(facts: GroupFacts, sign: 1 | -1): void {
    for (const [extensionId, { ended }] of facts.extensions) for (const call of ended) noteLast(extensionId, call, sign)
    countToday(facts, sign)
  }

  function countToday(facts: GroupFacts, sign: 1 | -1): void {
    for (const [extensionId, { ended }] of facts.extensions)
      for (const call of ended) countCall(extensionId, call, sign)
    for (const [queueId, { visits }] of facts.queues)
      for (const visit of visits) if (visit.end !== undefined) countVisit(queueId, visit, visit.end, sign)
  }

  function noteLast(extensionId: string, call: EndedCall, sign: 1 | -1): void {
    const { telephonySessionId, endedMs } = call
    // A phone of the queue's that only rang leaves nothing to wrap up.
    const queueId = isAnswered(call) ? call.queueId : undefined
    const last = lastCalls.get(extensionId) ?? createRecords<LastCall>(compareLastCalls)
    lastCalls.set(extensionId, last)
    if (sign === 1) last.add(telephonySessionId, { telephonySessionId, endedMs, queueId })
    else last.remove(telephonySessionId)
    if (last.greatest === undefined) lastCalls.delete(extensionId)
  }

  function countCall(extensionId: string, call: EndedCall, sign: 1 | -1): void {
    if (call.startedMs < fromMs) return
    const tally = extensions.get(extensionId) ?? { ...NO_CALLS }
    extensions.set(extensionId, tally)
    tally.calls += sign
    if (isAnswered(call)) tally.answered += sign
    if (isMissed(call)) tally.missed += sign
    tally.talkMs += sign * call.talkMs
    tally.holdMs += sign * call.holdMs
    if (tally.calls === 0) extensions.delete(extensionId)
  }

  function selectLast(extensionId: string): LastCall | undefined {
    const last = lastCalls.get(extensionId)?.greatest
    return last !== undefined && last.endedMs >= lastCallsFromMs ? last : undefined
  }

  function countVisit(queueId: string, visit: QueueVisit, end: VisitEnd, sign: 1 | -1): void {
    if (visit.sinceMs < fromMs) return
    const tally = queues.get(queueId) ?? createQueueDraft()
    queues.set(queueId, tally)
    const { telephonySessionId } = visit
    const waitMs = end.atMs - visit.sinceMs
    tally.offered += sign
    tally[end.outcome] += sign
    if (end.outcome === 'answered') countWait(tally.answeredWaits, waitMs, sign)
    if (end.outcome === 'abandoned') countWait(tally.abandonedWaits, waitMs, sign)
    if (sign === 1) tally.longest.add(telephonySessionId, { telephonySessionId, waitMs })
    else tally.longest.remove(telephonySessionId)
    if (tally.offered === 0) queues.delete(queueId)
  }

  return {
    get extensionIds() {
      return new Set([...extensions.keys(), ...[...lastCalls.keys()].filter((id) => selectLast(id) !== undefined)])
    },
    get queueIds() {
      return queues.keys()
    },
    add: (facts) => count(facts, 1),
    remove: (facts) => count(facts, -1),
    beginDay(nextMs, tracked) {
      fromMs = nextMs
      extensions.clear()
      queues.clear()
      // The last calls are known beyond midnight: of them nothing is counted anew.
      for (const facts of tracked) countToday(facts, 1)
    },
    extension: (extensionId) => ({ ...(extensions.get(extensionId) ?? NO_CALLS) }),
    lastCall: selectLast,
    queue(queueId) {
      const { longest, answeredWaits, abandonedWaits, ...counts } = queues.get(queueId) ?? createQueueDraft()
      return {
        ...counts,
        answeredWaits: new Map(answeredWaits),
        abandonedWaits: new Map(abandonedWaits),
        longestWait: longest.greatest,
      }
    },
    forgetLastCalls(beforeMs) {
      lastCallsFromMs = beforeMs
      const gone = [...lastCalls.keys()].filter((extensionId) => selectLast(extensionId) === undefined)
      for (const extensionId of gone) lastCalls.delete(extensionId)
      return gone
    },
    load(told) {
      for (const [extensionId, { tally, lastCall }] of told.extensions) {
        if (tally.calls > 0) extensions.set(extensionId, { ...tally })
        if (lastCall === undefined) continue
        const last = createRecords<LastCall>(compareLastCalls)
        last.add(lastCall.telephonySessionId, lastCall)
        lastCalls.set(extensionId, last)
      }
      for (const [queueId, { longestWait, answeredWaits, abandonedWaits, ...counts }] of told.queues) {
        const draft = {
          ...createQueueDraft(),
          ...counts,
          answeredWaits: new Map(answeredWaits),
          abandonedWaits: new Map(abandonedWaits),
        }
        if (longestWait !== undefined) draft.longest.add(longestWait.telephonySessionId, longestWait)
        if (counts.offered > 0) queues.set(queueId, draft)
      }
    },
  }
}

const NO_CALLS: ExtensionTally = { calls: 0, answered: 0, missed: 0, talkMs: 0, holdMs: 0 }

function createQueueDraft(): QueueDraft {
  return {
    offered: 0,
    answered: 0,
    abandoned: 0,
    redirected: 0,
    answeredWaits: new Map(),
    abandonedWaits: new Map(),
    longest: createRecords<LongestWait>(compareWaits),
  }
}

/** Two of the same length are told apart, so that which one is shown does not depend on what arrived first. */
function compareWaits(a: LongestWait, b: LongestWait): number {
  return a.waitMs - b.waitMs || compareText(a.telephonySessionId, b.telephonySessionId)
}

function compareLastCalls(a: LastCall, b: LastCall): number {
  return a.endedMs - b.endedMs || compareText(a.telephonySessionId, b.telephonySessionId)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
