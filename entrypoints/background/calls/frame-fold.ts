import { compareViews, type News } from '../../../shared/call/difference.ts'
import { type MyCall, selectMyCalls } from '../../../shared/call/my-calls.ts'
import type { Tracker } from '../../../shared/call/track.ts'
import { missingSequences } from '../../../shared/history/history.ts'
import type { MissingOf } from '../../../shared/metrics/my-call.ts'
import type { Received } from '../../lib/call/received.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { Change } from '../../lib/store/write.ts'
import { buildRow, type FrameContext, type RowContext } from './call-row.ts'
import type { SessionMemory } from './session-memory.ts'
import type { TrackedRows } from './tracked-rows.ts'

/** Puts what came in where it belongs, tells what is news, and returns what is to be written of it. */
export type FoldFrame = (received: readonly Received[], context: FrameContext) => Promise<Change>

export interface FrameFoldOptions {
  readonly memory: SessionMemory
  readonly rows: TrackedRows
  readonly extensionId: string
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  readonly isInUse: (telephonySessionId: string) => boolean
  /** Something came in of a session: it is not in doubt any more, where that is a status. */
  readonly onFollowed: (received: Received) => void
  readonly onRow: (row: CallRow) => void
  readonly onNews: (row: CallRow, news: readonly News[]) => void
}

export function createFrameFold(options: FrameFoldOptions): FoldFrame {
  const { memory, rows, extensionId, country, isInUse, onFollowed, onRow, onNews } = options

  /** With its earlier events gone a call can't be folded again: what was counted stays. */
  function isGone(id: string): boolean {
    return rows.get(id)?.row?.eventsGone === 1
  }

  function selectMine(trackers: ReadonlyMap<string, Tracker>): Map<string, MyCall> {
    const calls = [...trackers.values()].map(({ call }) => call)
    return new Map(selectMyCalls(calls, extensionId).map((one) => [one.call.telephonySessionId, one]))
  }

  function rowContext({ isComplete, ...context }: FrameContext, trackers: ReadonlyMap<string, Tracker>): RowContext {
    const missingOf: MissingOf = ({ telephonySessionId }) => {
      const history = isComplete ? trackers.get(telephonySessionId)?.history : undefined
      return history === undefined ? [] : missingSequences(history)
    }
    return { extensionId, country, missingOf, isInUse, ...context }
  }

  return async (received, context) => {
    const ids = idsOf(received)
    const known = await memory.load(ids)
    const present = received.filter(({ stored }) => !isGone(stored.telephonySessionId))
    const before = selectMine(known)
    for (const one of present) {
      memory.add(one)
      onFollowed(one)
    }
    // What came in may have tied others to these: those are as they were.
    const linked = await memory.load(ids)
    const joined = new Map([...linked].filter(([id]) => !known.has(id)))
    for (const [id, mine] of selectMine(joined)) before.set(id, mine)
    const touched = new Set(ids)
    const calls: CallRow[] = []
    for (const [id, mine] of selectMine(linked)) {
      if (isGone(id)) continue
      const difference = compareViews(before.get(id)?.view, mine.view)
      const { row: rowBefore, delayMs } = rows.get(id) ?? { row: undefined, delayMs: 0 }
      const row = buildRow(mine, delayMs, rowBefore, difference, rowContext(context, linked))
      if (!touched.has(id) && isSame(row, rowBefore)) continue
      calls.push(row)
      onRow(row)
      if (difference.news.length > 0) onNews(row, difference.news)
    }
    return {
      events: present.flatMap((one) => (one.kind === 'event' ? one.stored : [])),
      statuses: present.flatMap((one) => (one.kind === 'status' ? one.stored : [])),
      calls,
      cursor: undefined,
    }
  }
}

export function idsOf(received: readonly Received[]): readonly string[] {
  return [...new Set(received.map(({ stored }) => stored.telephonySessionId))]
}

function isSame(a: CallRow, b: CallRow | undefined): boolean {
  return b !== undefined && JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
}
