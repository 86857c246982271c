import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'

/** More than anybody raises hands and writes; the log is for calls. */
export const RECORDS_PER_MINUTE = 60

/** Counts what each person's desk tells within a minute. */
export interface DeskLimits {
  /** Counts one more, unless there were too many; says whether it may be told. */
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
