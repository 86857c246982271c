import { SECOND_MS } from '../../../shared/time.ts'
import type { Follower } from './follower.ts'
import { collectGarbage } from './garbage.ts'
import type { ParsedEvent, Tape } from './tape.ts'

export interface Throughput {
  readonly eventsPerSecond: number
  /**
   * Parties that had not ended, summed over the calls read after each measured event. Whoever follows the same parties of the same
   * events comes to the same sum.
   */
  readonly livePartiesRead: number
}

/** Parsed at a time: few, so that they are as young when they are tracked as they are in the product. */
const CHUNK_EVENTS = 100

/**
 * How fast a fresh follower takes in the events of a tape from number `from` on, with those before it tracked already. Parsing is
 * not in the measured time; collecting the follower's garbage is.
 */
export function measureThroughput(follower: Follower, tape: Tape, from: number): Throughput {
  const run = createRun(follower)
  forEachChunk(0, from, (start, end) => run(tape.parse(start, end)))
  collectGarbage()
  let durationMs = 0
  let livePartiesRead = 0
  forEachChunk(from, tape.events, (start, end) => {
    const chunk = tape.parse(start, end)
    const startMs = performance.now()
    livePartiesRead += run(chunk)
    durationMs += performance.now() - startMs
  })
  return { eventsPerSecond: ((tape.events - from) / durationMs) * SECOND_MS, livePartiesRead }
}

function forEachChunk(from: number, to: number, use: (start: number, end: number) => void): void {
  for (let start = from; start < to; start += CHUNK_EVENTS) use(start, Math.min(start + CHUNK_EVENTS, to))
}

/** Tracks events one after the other, and lets a second pass when it has. */
function createRun(follower: Follower): (events: readonly ParsedEvent[]) => number {
  let nextSecondMs = 0
  return (events) => {
    let livePartiesRead = 0
    for (const { atMs, raw } of events) {
      if (atMs >= nextSecondMs) {
        follower.passTime(atMs)
        nextSecondMs = atMs + SECOND_MS
      }
      livePartiesRead += follower.track(raw, atMs) ?? 0
    }
    return livePartiesRead
  }
}
