import type { BoardAnswer, ExtensionTallyJson, QueueTallyJson } from '../protocol/http/board.ts'
import { formatInstant, parseInstant } from '../time.ts'
import type { ToldTotals } from './totals.ts'
import type { ExtensionLive, LastCall, QueueTally } from './types.ts'

/** Today's totals as they are told over HTTP, and read again. */

export function tellExtension({ today, lastCall }: Pick<ExtensionLive, 'today' | 'lastCall'>): ExtensionTallyJson {
  return { ...today, ...(lastCall === undefined ? {} : { lastCall: tellLastCall(lastCall) }) }
}

function tellLastCall({ telephonySessionId, endedMs, queueId }: LastCall): NonNullable<ExtensionTallyJson['lastCall']> {
  return { telephonySessionId, endedAt: formatInstant(endedMs), ...(queueId === undefined ? {} : { queueId }) }
}

export function tellQueue({ answeredWaits, abandonedWaits, longestWait, ...counts }: QueueTally): QueueTallyJson {
  const list = (waits: QueueTally['answeredWaits']) => [...waits].sort(([a], [b]) => a - b)
  return {
    ...counts,
    answeredWaits: list(answeredWaits),
    abandonedWaits: list(abandonedWaits),
    ...(longestWait === undefined
      ? {}
      : { longestWait: { telephonySessionId: longestWait.telephonySessionId, ms: longestWait.waitMs } }),
  }
}

export function readTotals({ extensions, queues }: BoardAnswer['today']): ToldTotals {
  return {
    extensions: new Map(
      Object.entries(extensions).map(([id, { lastCall, ...tally }]) => [
        id,
        { tally, lastCall: readLastCall(lastCall) },
      ]),
    ),
    queues: new Map(Object.entries(queues).map(([id, tally]) => [id, readQueue(tally)])),
  }
}

function readLastCall(told: ExtensionTallyJson['lastCall']): LastCall | undefined {
  const endedMs = told && parseInstant(told.endedAt)
  if (told === undefined || endedMs === undefined) return undefined
  return { telephonySessionId: told.telephonySessionId, endedMs, queueId: told.queueId }
}

function readQueue({ answeredWaits, abandonedWaits, longestWait, ...counts }: QueueTallyJson): QueueTally {
  return {
    ...counts,
    answeredWaits: new Map(answeredWaits),
    abandonedWaits: new Map(abandonedWaits),
    longestWait: longestWait && { telephonySessionId: longestWait.telephonySessionId, waitMs: longestWait.ms },
  }
}
