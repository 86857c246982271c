import { type ReadonlySignal, useComputed } from '@preact/signals'
import { formatClock } from '../../lib/wording/format.ts'

export interface ClockProps {
  readonly nowMs: ReadonlySignal<number>
  /** Counts up from here, … */
  readonly sinceMs: number
  /** … or down to here. */
  readonly untilMs?: number | undefined
}

/** A time that goes on. Only its text changes with the seconds: nothing is drawn or laid out anew. */
export function Clock({ nowMs, sinceMs, untilMs }: ClockProps) {
  const text = useText(nowMs, sinceMs, untilMs)
  return <span class="clock">{text}</span>
}

function useText(nowMs: ReadonlySignal<number>, sinceMs: number, untilMs: number | undefined): ReadonlySignal<string> {
  return useComputed(() =>
    formatClock(Math.max(0, untilMs === undefined ? nowMs.value - sinceMs : untilMs - nowMs.value)),
  )
}
