import type { NamedCall } from '../lib/caller/caller-name.ts'
import type { CallRow } from '../lib/store/schema.ts'
import type { ReportCall } from './report-call.ts'

/** A caller or a queue, and the calls with it. */
export interface Top {
  /** Its identity: the number's key, or the queue's name. */
  readonly key: string
  readonly calls: number
  readonly missed: number
  readonly talkMs: number
  /** The latest call: its name and number are how it is called now. */
  readonly latest: NamedCall
}

const MOST = 10

/** Numbers with the most calls, the most first; withheld numbers are left out. */
export function listTopNumbers(calls: readonly ReportCall[]): readonly Top[] {
  return listTop(calls, ({ numberKey }) => numberKey)
}

export function listTopQueues(calls: readonly ReportCall[]): readonly Top[] {
  return listTop(calls, ({ queueName }) => queueName)
}

function listTop(calls: readonly ReportCall[], keyOf: (row: CallRow) => string | undefined): readonly Top[] {
  const tops = new Map<string, { key: string; calls: number; missed: number; talkMs: number; latest: CallRow }>()
  for (const { row, result } of calls) {
    const key = keyOf(row)
    if (key === undefined) continue
    const top = tops.get(key) ?? { key, calls: 0, missed: 0, talkMs: 0, latest: row }
    tops.set(key, top)
    top.calls += 1
    top.missed += result === 'missed' ? 1 : 0
    top.talkMs += row.talkMs
    if (row.startedMs > top.latest.startedMs) top.latest = row
  }
  return [...tops.values()].sort((a, b) => b.calls - a.calls || b.talkMs - a.talkMs).slice(0, MOST)
}
