import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'

/** The words that are the relay's own; `Active`, `Blacklisted` and the like are RingCentral's. */
export const OWN_STATUSES = ['None', 'Expired', 'Unknown'] as const

/** How the webhook subscription stands, as far as the relay can know it now. */
export interface SubscriptionStanding {
  /**
   * `Active`, RingCentral's word for why it is not, `Expired`, `None` as long as there is none, or `Unknown`: it was active when
   * RingCentral was last asked, and that is too long ago.
   */
  readonly status: string
  /** By the last answer; ms since the epoch, RingCentral's clock. */
  readonly expiresAtMs: number | undefined
  /** What keeps the relay from looking after it now, as a sentence; `undefined` when nothing does. */
  readonly hindrance: string | undefined
}

/** Keeps what was last seen of the subscription. It ages: what could not be looked at again is no longer reported as so. */
export interface Standing {
  /** Takes down what RingCentral has just said. */
  see(status: string, expiresAtMs: number | undefined): void
  /** Takes down why it could not be looked after, or with `undefined` that it was. */
  hinder(sentence: string | undefined): void
  read(): SubscriptionStanding
}

/** One that was blacklisted or deleted is noticed within this, so that people are told, by a ping, within a minute. */
export const LOOK_INTERVAL_MS = MINUTE_MS / 2
/** A look may fail for so long from when it was due: a restart at RingCentral, or a minute of its rate limits, is no alarm. */
export const MAX_OVERDUE_MS = 2 * MINUTE_MS

export function createStanding(clock: Pick<Clock, 'elapsedMs'>, time: Pick<ConfirmedTime, 'nowMs'>): Standing {
  let seen: Pick<SubscriptionStanding, 'status' | 'expiresAtMs'> = { status: 'None', expiresAtMs: undefined }
  let seenAtElapsedMs = 0
  let hindrance: string | undefined

  function statusNow(): string {
    if (seen.expiresAtMs !== undefined && seen.expiresAtMs <= time.nowMs()) return 'Expired'
    const ageMs = clock.elapsedMs() - seenAtElapsedMs
    return seen.status === 'Active' && ageMs > LOOK_INTERVAL_MS + MAX_OVERDUE_MS ? 'Unknown' : seen.status
  }

  return {
    see(status, expiresAtMs) {
      seen = { status, expiresAtMs }
      seenAtElapsedMs = clock.elapsedMs()
    },
    hinder(sentence) {
      hindrance = sentence
    },
    read: () => ({ status: statusNow(), expiresAtMs: seen.expiresAtMs, hindrance }),
  }
}
