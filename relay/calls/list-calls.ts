import { selectCallsBehind } from '../../shared/live/calls-behind.ts'
import type { EndedCall } from '../../shared/live/extension-calls.ts'
import type { IsQueueId, QueueVisit } from '../../shared/live/queue-visit.ts'
import type { CallsAnswer, ExtensionCall, QueueCall } from '../../shared/protocol/http/board.ts'
import type { CallRecord } from '../../shared/protocol/stream-line.ts'
import { formatInstant, MINUTE_MS } from '../../shared/time.ts'
import type { EventLog } from '../log/event-log.ts'
import { decodeRecord } from './decode-record.ts'
import { findPosition } from './find-start.ts'

/** Whose finished calls, and since when. */
export interface CallsWanted {
  readonly kind: 'extension' | 'queue'
  readonly id: string
  readonly sinceMs: number
}

export interface ListCallsDependencies {
  readonly log: EventLog
  readonly isQueueId: IsQueueId
  readonly nowMs: number
}

/** As for the account live: clocks differ somewhat. */
const MARGIN_MS = 10 * MINUTE_MS
const READ_EVENTS = 200
/** Histories that are read at a time. */
const READ_SESSIONS = 50

/** Reads the calls from the log: nothing of them is held. */
export async function listCalls(wanted: CallsWanted, dependencies: ListCallsDependencies): Promise<CallsAnswer> {
  const { log, isQueueId, nowMs } = dependencies
  const ids = await listSessions(wanted, log)
  const told = await readTied(ids, log)
  const behind = selectCallsBehind(told, { isQueueId, sinceMs: wanted.sinceMs, nowMs })
  const since = formatInstant(wanted.sinceMs)
  return wanted.kind === 'extension'
    ? { since, calls: behind.ofExtension(wanted.id).map(tellCall) }
    : { since, calls: behind.ofQueue(wanted.id).map(tellVisit) }
}

/** Sessions of which something was received since then in which the extension has a part. */
async function listSessions({ id, sinceMs }: CallsWanted, log: EventLog): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  const headPosition = log.headPosition
  let position = await findPosition(log, sinceMs - MARGIN_MS)
  while (position < headPosition) {
    const { events, upToPosition } = await log.readOwned([id], position, READ_EVENTS)
    for (const { telephonySessionId } of events) ids.add(telephonySessionId)
    if (upToPosition <= position) break
    position = upToPosition
  }
  return ids
}

/** Their whole histories, and those of the sessions that their parties went to. */
async function readTied(ids: ReadonlySet<string>, log: EventLog): Promise<readonly CallRecord[]> {
  const all: CallRecord[] = []
  const known = new Set(ids)
  let next = [...ids]
  while (next.length > 0) {
    const some = next.slice(0, READ_SESSIONS)
    next = next.slice(READ_SESSIONS)
    const histories = await Promise.all(some.map((id) => log.readSession(id, log.headPosition + 1)))
    for (const told of histories.flat().map(decodeRecord)) {
      if (told === undefined) continue
      all.push(told)
      for (const peerId of listPeers(told)) {
        if (known.has(peerId)) continue
        known.add(peerId)
        next.push(peerId)
      }
    }
  }
  return all
}

function listPeers(told: CallRecord): readonly string[] {
  const { parties } = told.kind === 'status' ? told.status : told.notification
  return parties.flatMap(({ status }) => status.peer?.telephonySessionId ?? [])
}

function tellCall(call: EndedCall): ExtensionCall {
  const { telephonySessionId, startedMs, endedMs, direction, outcome, counterpart, queueId, ringMs, talkMs, holdMs } =
    call
  return {
    telephonySessionId,
    startedAt: formatInstant(startedMs),
    endedAt: formatInstant(endedMs),
    direction,
    outcome,
    ...(counterpart.phoneNumber === undefined ? {} : { phoneNumber: counterpart.phoneNumber }),
    ...(counterpart.name === undefined ? {} : { name: counterpart.name }),
    ...(queueId === undefined ? {} : { queueId }),
    ringMs,
    talkMs,
    holdMs,
    sessions: [...call.sessions],
  }
}

function tellVisit({ telephonySessionId, sinceMs, caller, end }: QueueVisit): QueueCall {
  const endMs = end?.atMs ?? sinceMs
  return {
    telephonySessionId,
    startedAt: formatInstant(sinceMs),
    endedAt: formatInstant(endMs),
    outcome: end?.outcome ?? 'redirected',
    waitMs: endMs - sinceMs,
    ...(caller.phoneNumber === undefined ? {} : { phoneNumber: caller.phoneNumber }),
    ...(caller.name === undefined ? {} : { name: caller.name }),
    ...(end?.takenBy === undefined ? {} : { takenBy: end.takenBy }),
  }
}
