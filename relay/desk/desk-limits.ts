import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'

/** More hands and whispers a minute than a person needs; they must not crowd calls out of the log. */
export const RECORDS_PER_MINUTE = 60

/** Counts what each person's desk tells within a minute. */
export interface DeskLimits {
  /** Counts one more hand or whisper. False: there were too many within the minute, and it is refused. */
  take(extensionId: string): boolean
}

export function createDeskLimits(clock: Pick<Clock, 'elapsedMs'>): DeskLimits {
  const toldAtMs = new Map<string, readonly number[]>()
  return {
    take(extensionId) {
      const nowMs = clock.elapsedMs()
      const recent = (toldAtMs.get(extensionId) ?? []).filter((atMs) => atMs > nowMs - MINUTE_MS)
      const isRoom = recent.length < RECORDS_PER_MINUTE
      toldAtMs.set(extensionId, isRoom ? [...recent, nowMs] : recent)
      return isRoom
    },
  }
}
