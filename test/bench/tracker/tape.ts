import { createWorkload, workloadTimeMs } from './workload.ts'

/**
 * The first events of a workload, kept as bytes outside the JavaScript heap, so that collecting garbage in the measured time meets
 * what the follower made and nothing of the workload's.
 */
export interface Tape {
  readonly liveCalls: number
  readonly events: number
  /** Parses the events from number `from`, which is 0 for the first, up to and without number `to`. */
  parse(from: number, to: number): readonly ParsedEvent[]
}

export interface ParsedEvent {
  /** When it arrives, ms since the epoch, platform's clock. */
  readonly atMs: number
  /** The notification as `JSON.parse` gives it. */
  readonly raw: unknown
}

export function recordTape(liveCalls: number, events: number): Tape {
  const workload = createWorkload(liveCalls)
  const bytes: Buffer[] = []
  const starts = new Float64Array(events + 1)
  for (let number = 0; number < events; number += BLOCK_EVENTS) {
    const texts = Array.from({ length: Math.min(BLOCK_EVENTS, events - number) }, () => workload.next().value)
    for (const [index, text] of texts.entries()) {
      starts[number + index + 1] = (starts[number + index] ?? 0) + Buffer.byteLength(text)
    }
    bytes.push(Buffer.from(texts.join('')))
  }
  const all = Buffer.concat(bytes)
  return {
    liveCalls,
    events,
    parse: (from, to) =>
      Array.from({ length: to - from }, (_, index) => ({
        atMs: workloadTimeMs(from + index),
        raw: JSON.parse(all.toString('utf8', starts[from + index], starts[from + index + 1])),
      })),
  }
}

/** Turned into bytes at a time. */
const BLOCK_EVENTS = 1000
