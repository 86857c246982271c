/**
 * The platform's clock, and what is due on it. Real time passes by itself; a test lets hours pass at once, and everything that
 * falls due on the way happens in order, each at its own moment.
 */
export interface PlatformClock {
  /** In ms since the epoch. */
  nowMs(): number
  /** Does something when the clock reaches that moment, at once when it has passed; the answer takes it off the list. */
  at(dueMs: number, act: () => Promise<void>): () => void
  /** Moves the clock forward; resolves when all that fell due has been done. */
  pass(ms: number): Promise<void>
}

interface Due {
  readonly dueMs: number
  readonly act: () => Promise<void>
}

/** The longest wait that a timer of Node can take. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** `baseMs` is the clock underneath; `signal` ends all waiting. */
export function createClock(baseMs: () => number, signal: AbortSignal): PlatformClock {
  const list = new Set<Due>()
  let aheadMs = 0
  let timer: NodeJS.Timeout | undefined

  const nowMs = (): number => baseMs() + aheadMs
  const first = (): Due | undefined => [...list].sort((a, b) => a.dueMs - b.dueMs)[0]

  const arm = (): void => {
    clearTimeout(timer)
    const next = first()
    if (next === undefined || signal.aborted) return
    timer = setTimeout(() => void runUntil(nowMs()), Math.min(Math.max(0, next.dueMs - nowMs()), MAX_TIMER_MS))
    timer.unref()
  }

  const runUntil = async (untilMs: number): Promise<void> => {
    for (let next = first(); next !== undefined && next.dueMs <= untilMs && !signal.aborted; next = first()) {
      list.delete(next)
      aheadMs += Math.max(0, next.dueMs - nowMs())
      await next.act()
    }
    arm()
  }

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })

  return {
    nowMs,
    at(dueMs, act) {
      const due = { dueMs, act }
      list.add(due)
      arm()
      return () => {
        list.delete(due)
        arm()
      }
    },
    async pass(ms) {
      const untilMs = nowMs() + ms
      await runUntil(untilMs)
      aheadMs += Math.max(0, untilMs - nowMs())
    },
  }
}
