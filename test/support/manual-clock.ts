import type { Clock } from '../../shared/clock.ts'

/** A clock that stands still until a test moves it; timers run on the way, in order. */
export interface ManualClock extends Clock {
  advance(ms: number): void
  /** Moves on to a moment, and waits after each timer for what it began. */
  moveTo(atMs: number): Promise<void>
  /** After how long the timers that are set will run, in ms, the next one first. */
  waits(): readonly number[]
  /** Sets what it shows by so much, as somebody who sets a clock: no time passes. */
  jump(ms: number): void
}

/** `settle`: resolves when what a timer began is done; for {@link ManualClock.moveTo}. */
export function createManualClock(
  startMs = Date.parse('2026-01-05T09:00:00.000Z'),
  settle: () => Promise<void> = async () => undefined,
): ManualClock {
  let nowMs = startMs
  let jumpedMs = 0
  let timers: readonly { readonly atMs: number; readonly action: () => void }[] = []

  /** Runs the next timer that is due by then, at its own moment; `false` when there is none. */
  function runNext(endMs: number): boolean {
    const [next, ...others] = timers
    if (next === undefined || next.atMs > endMs) return false
    timers = others
    nowMs = Math.max(nowMs, next.atMs)
    next.action()
    return true
  }

  return {
    nowMs: () => nowMs + jumpedMs,
    elapsedMs: () => nowMs,
    waits: () => timers.map(({ atMs }) => atMs - nowMs),
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
      while (runNext(endMs));
      nowMs = endMs
    },
    async moveTo(atMs) {
      while (runNext(atMs - jumpedMs)) await settle()
      nowMs = atMs - jumpedMs
      await settle()
    },
  }
}
