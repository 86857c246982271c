import { useEffect, useState } from 'preact/hooks'

/** Short enough that a second on the clock never lasts visibly longer than another. */
const TICK_MS = 250

/** The time by `performance.now()`, kept up while `isRunning`: it does not jump when the computer's clock is set. */
export function useNow(isRunning: boolean): number {
  const [nowMs, setNowMs] = useState(() => performance.now())
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNowMs(performance.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  return nowMs
}
