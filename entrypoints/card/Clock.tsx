import { useEffect, useReducer } from 'preact/hooks'
import { SECOND_MS } from '../../shared/time.ts'
import { formatClock } from '../lib/wording/format.ts'

export interface ClockProps {
  /** How long it had lasted at `atMs`. */
  readonly ms: number
  /** By `performance.now()`, which does not jump when the computer's clock is set. */
  readonly atMs: number
}

/** A running duration: redrawn each time another second is full, and only then. */
export function Clock({ ms, atMs }: ClockProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const shownMs = ms + Math.max(0, performance.now() - atMs)
  useEffect(() => {
    const timer = setTimeout(redraw, SECOND_MS - (shownMs % SECOND_MS))
    return () => clearTimeout(timer)
  })
  return <>{formatClock(shownMs)}</>
}
