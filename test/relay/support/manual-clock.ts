import type { Clock } from '../../../shared/clock.ts'

/** A clock that stands still until a test moves it; timers run on the way, in order. */
export interface ManualClock extends Clock {
  advance(ms: number): void
  /** Sets what it shows by so much, as somebody who sets a clock: no time passes. */
  jump(ms: number): void
}

export function createManualClock(startMs = Date.parse('2026-01-05T09:00:00.000Z')): ManualClock {
  let nowMs = startMs
  let jumpedMs = 0
  let timers: readonly { readonly atMs: number; readonly action: () => void }[] = []
  return {
    nowMs: () => nowMs + jumpedMs,
    elapsedMs: () => nowMs,
    jump(ms) {
      jumpedMs += ms
    },
    after(delayMs, action) {
      const timer = { atMs: nowMs + delayMs, action }
      timers = [...timers, timer].sort((a, b) => a.atMs - b.atMs)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    advance(ms) {
      const endMs = nowMs + ms
      for (;;) {
        const [next, ...others] = timers
        if (next === undefined || next.atMs > endMs) break
        timers = others
        nowMs = next.atMs
        next.action()
      }
      nowMs = endMs
    },
  }
}
