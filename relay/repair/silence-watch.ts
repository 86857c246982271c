import { type Clock, every } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'

/**
 * Notices that nothing is delivered although the subscription is active. Mostly there are no calls then; but something on
 * the way may swallow deliveries and answer in the relay's place, and RingCentral would take that for success. So whoever
 * watches has RingCentral asked now and then whether there are calls of which nothing came.
 */
export interface SilenceWatchDependencies {
  readonly clock: Clock
  /** When the last event was delivered; only whether it changes matters, so that no clock that is set misleads. */
  lastEventAtMs(): number | undefined
  /** Whether events should come. */
  isActive(): boolean
  /** Called after each {@link SILENCE_MINUTES} without one. */
  onSilence(): void
}

/** A company that is at work makes calls more often; asking so seldom costs RingCentral's limits nothing. */
export const SILENCE_MINUTES = 15

/** Begins to watch; the returned function ends it. */
export function watchSilence({ clock, lastEventAtMs, isActive, onSilence }: SilenceWatchDependencies): () => void {
  let latestMs = lastEventAtMs()
  let quietMinutes = 0
  return every(clock, MINUTE_MS, () => {
    const isQuiet = lastEventAtMs() === latestMs && isActive()
    latestMs = lastEventAtMs()
    quietMinutes = isQuiet ? quietMinutes + 1 : 0
    if (quietMinutes < SILENCE_MINUTES) return
    quietMinutes = 0
    onSilence()
  })
}
