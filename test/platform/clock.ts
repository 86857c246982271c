import { createAgenda } from './agenda.ts'

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

/** The longest wait that a timer of Node can take. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** `baseMs` is the clock underneath; `signal` ends all waiting. */
export function createClock(baseMs: () => number, signal: AbortSignal): PlatformClock {
  const agenda = createAgenda<() => Promise<void>>()
  let aheadMs = 0
  let timer: NodeJS.Timeout | undefined
  /** Time that passes at once brings everything due in order; the machine's time must not come between. */
  let isPassing = false

  const nowMs = (): number => baseMs() + aheadMs

  const arm = (): void => {
    clearTimeout(timer)
    const next = agenda.next()
    if (next === undefined || signal.aborted || isPassing) return
    timer = setTimeout(() => void runUntil(nowMs()), Math.min(Math.max(0, next.dueMs - nowMs()), MAX_TIMER_MS))
    timer.unref()
  }

  const runUntil = async (untilMs: number): Promise<void> => {
    for (let next = agenda.takeDue(untilMs); next !== undefined && !signal.aborted; next = agenda.takeDue(untilMs)) {
      aheadMs += Math.max(0, next.dueMs - nowMs())
      await next.act()
    }
    arm()
  }

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })

  return {
    nowMs,
    at(dueMs, act) {
      const crossOut = agenda.add(dueMs, act)
      arm()
      return () => {
        crossOut()
        arm()
      }
    },
    async pass(ms) {
      const untilMs = nowMs() + ms
      isPassing = true
      try {
        await runUntil(untilMs)
      } finally {
        isPassing = false
      }
      aheadMs += Math.max(0, untilMs - nowMs())
      arm()
    },
  }
}
