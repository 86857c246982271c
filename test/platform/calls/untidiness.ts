import type { Random } from './random.ts'

/**
 * How untidy the platform is: events come late by different amounts, so that some overtake others, and a few come twice.
 * The bounds of the time stamp are those of recorded traffic (14 to 113 ms after the event).
 */
export const STAMP_MS = { min: 14, max: 113 } as const
export const LATENESS_MS = { min: 14, max: 150 } as const
export const REPEATED_SHARE = 1 / 50

/** What happens to one event on its way out; both counted from the event's own time. */
export interface Timing {
  /** When the notification was made: its `timestamp`. */
  readonly stampMs: number
  /** When each copy is sent, never before it was made. Two entries: the event comes twice. */
  readonly sentAfterMs: readonly number[]
}

/** Decides the timing of the next event. `stampMs` is given where a recording tells it. */
export type DrawTiming = (stampMs?: number) => Timing

export function createUntidyTiming(random: Random): DrawTiming {
  return (recordedStampMs) => {
    const stampMs = recordedStampMs ?? random.integer(STAMP_MS.min, STAMP_MS.max)
    const drawLateness = () => random.integer(Math.max(stampMs, LATENESS_MS.min), LATENESS_MS.max)
    const first = drawLateness()
    return { stampMs, sentAfterMs: random.chance(REPEATED_SHARE) ? [first, drawLateness()] : [first] }
  }
}

/** Everything once, in order, and late by the same amount: the largest stamp, so that nothing is sent before it was made. */
export function createTidyTiming(): DrawTiming {
  return (recordedStampMs = STAMP_MS.min) => ({ stampMs: recordedStampMs, sentAfterMs: [STAMP_MS.max] })
}
