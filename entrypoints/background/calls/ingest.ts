import type { CallRow } from '../../lib/store/schema.ts'
import { bringForward, markDesk } from './desk-marks.ts'
import type { FoldFrame } from './frame-fold.ts'
import type { Ingest } from './ingest-queue.ts'
import type { RowWriter } from './row-writer.ts'
import { isCallOver, type RuleNotices } from './rule-notices.ts'
import type { SessionMemory } from './session-memory.ts'
import type { TrackedRows } from './tracked-rows.ts'

export interface IngestParts {
  readonly fold: FoldFrame
  readonly memory: Pick<SessionMemory, 'load' | 'letGo'>
  readonly rows: TrackedRows
  readonly notices: Pick<RuleNotices, 'take' | 'end' | 'letGo'>
  readonly writer: Pick<RowWriter, 'write'>
  readonly extensionId: string
  readonly onShown: () => void
  readonly onStored: () => void
}

/** Takes in what arrived: events first, then what desks and rules told of the calls as they are by then. Shown first, written together. */
export function createIngest(parts: IngestParts): Ingest {
  const { fold, memory, rows, notices, writer, extensionId, onShown, onStored } = parts
  return async ({ received, deskRecords, notices: told, cursor }, context) => {
    const folded = await fold(received, context)
    if (deskRecords.length > 0) await memory.load(deskRecords.map(({ desk }) => desk.telephonySessionId))
    const marked = markDesk(deskRecords, rows, extensionId)
    const fresh = notices.take(told)
    const calls = lastOfEach([...folded.calls, ...marked, ...bringForward(fresh, rows)])
    const kept = [...fresh, ...notices.end((alert) => isCallOver(alert, rows))]
    onShown()
    memory.letGo(context.nowMs)
    notices.letGo(context.nowMs)
    const written = writer.write({ ...folded, calls, notices: kept, cursor })
    return { written: calls.length > 0 || kept.length > 0 ? written.then(onStored) : written }
  }
}

function lastOfEach(rows: readonly CallRow[]): readonly CallRow[] {
  return [...new Map(rows.map((row) => [row.telephonySessionId, row])).values()]
}
