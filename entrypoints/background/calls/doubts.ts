import { isDoubtful, isLost } from '../../../shared/call/doubt.ts'
import { selectLatestMs } from '../../../shared/call/end.ts'
import type { TrackedCall, Tracker } from '../../../shared/call/track.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { SessionMemory } from './session-memory.ts'
import type { TrackedRow, TrackedRows } from './tracked-rows.ts'

/** Which calls that seem to go on may have ended without anybody telling, so that the relay is asked about them. */
export interface Doubts {
  /** The end of any live call may have been missed. */
  doubtAll(): void
  /** A session was told of, or has ended: there is no doubt any more. */
  settle(telephonySessionId: string): void
  /** Sessions that the relay is worth asking about. `nowMs`: relay's clock. */
  questions(nowMs: number): readonly string[]
  /** Notes that nobody could tell of a session. Returns whether it is over for that. */
  noteUnanswered(telephonySessionId: string, nowMs: number): boolean
  /** Sessions that have been silent for longer than a call can go on. */
  lost(nowMs: number): readonly string[]
  /** Live rows of which nothing could ever tell the end. */
  endless(isReadable: (tracker: Tracker) => boolean): readonly CallRow[]
  /** Live rows whose call went on in another session, of which nothing is left. */
  stranded(): readonly CallRow[]
}

/** So often nobody could tell whether a call goes on that began before a gap; the tries are minutes apart. */
const MAX_UNANSWERED = 3

export function createDoubts({ get }: Pick<SessionMemory, 'get'>, rows: TrackedRows): Doubts {
  /** Live calls of which the end may have been missed, and how often nobody could tell. */
  const doubted = new Map<string, number>()

  /** Sessions that go on, with what is known of each. A call that goes on in another one ends with that. */
  function listLive() {
    return rows.entries().flatMap(([id, tracked]) => {
      const { row } = tracked
      if (row === undefined || row.phase === 'ended' || row.currentSessionId !== undefined) return []
      return { id, row, tracked, tracker: get(id) }
    })
  }

  function isStranded({ phase, currentSessionId }: CallRow): boolean {
    if (phase === 'ended' || currentSessionId === undefined) return false
    return (rows.get(currentSessionId)?.row?.phase ?? 'ended') === 'ended'
  }

  return {
    doubtAll: () => {
      for (const { id } of listLive()) doubted.set(id, 0)
    },
    settle: (id) => {
      doubted.delete(id)
    },
    questions: (nowMs) =>
      listLive().flatMap(({ id, tracked, tracker }) =>
        doubted.has(id) || isWorthAsking(tracker, tracked, nowMs) ? id : [],
      ),
    noteUnanswered: (id, nowMs) => {
      const unanswered = (doubted.get(id) ?? 0) + 1
      if (doubted.has(id)) doubted.set(id, unanswered)
      const isHopeless = doubted.has(id) && unanswered >= MAX_UNANSWERED
      return isHopeless || isLostNow(get(id), rows.get(id), nowMs)
    },
    lost: (nowMs) => listLive().flatMap(({ id, tracked, tracker }) => (isLostNow(tracker, tracked, nowMs) ? id : [])),
    endless: (isReadable) =>
      listLive().flatMap(({ row, tracker }) => (tracker !== undefined && isReadable(tracker) ? [] : row)),
    stranded: () => rows.all().filter(isStranded),
  }
}

function isLostNow(tracker: Tracker | undefined, tracked: TrackedRow | undefined, nowMs: number): boolean {
  return tracker !== undefined && tracked !== undefined && isLost(tracker, nowMs - tracked.delayMs)
}

/** How long a missing sequence number may still be an event that was overtaken. */
const GAP_PATIENCE_MS = 5 * SECOND_MS

function isWorthAsking(tracked: TrackedCall | undefined, { row, delayMs }: TrackedRow, nowMs: number): boolean {
  if (tracked === undefined || row === undefined) return false
  const { call, history } = tracked
  const platformNowMs = nowMs - delayMs
  const heardMs = selectLatestMs(call)
  const isAnswered = history.statuses.some(({ asOfMs }) => asOfMs >= heardMs)
  const hasGap = row.missingSequences.length > 0 && platformNowMs - heardMs > GAP_PATIENCE_MS
  return isDoubtful(call, platformNowMs) || (hasGap && !isAnswered)
}
