import type { Clock } from '../../shared/clock.ts'
import { HOUR_MS } from '../../shared/time.ts'
import type { RingCentralError } from '../ringcentral/api.ts'

/** A refusal that RingCentral would give again, and for how long it is not asked. */
export interface RememberedRefusal {
  readonly error: RingCentralError
  /** ms. */
  readonly askedAgainAfterMs: number
}

/** What RingCentral has refused within the hour, by kind. */
export interface RefusalMemory {
  /** The latest of these kinds; `undefined` when there is none. */
  find(kinds: readonly string[]): RememberedRefusal | undefined
  remember(kind: string, error: RingCentralError): void
  /** Kinds that begin so are asked for again. */
  forget(beginning: string): void
}

const KEPT_MS = HOUR_MS

export function createRefusalMemory(clock: Pick<Clock, 'elapsedMs'>): RefusalMemory {
  const refusals = new Map<string, { readonly error: RingCentralError; readonly atMs: number }>()
  return {
    find(kinds) {
      const nowMs = clock.elapsedMs()
      for (const [kind, { atMs }] of refusals) if (nowMs - atMs >= KEPT_MS) refusals.delete(kind)
      const found = kinds.flatMap((kind) => refusals.get(kind) ?? []).sort((a, b) => b.atMs - a.atMs)[0]
      return found && { error: found.error, askedAgainAfterMs: found.atMs + KEPT_MS - nowMs }
    },
    remember: (kind, error) => refusals.set(kind, { error, atMs: clock.elapsedMs() }),
    forget(beginning) {
      for (const kind of refusals.keys()) if (kind.startsWith(beginning)) refusals.delete(kind)
    },
  }
}
