import type { Clock } from '../../../shared/clock.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** Takes the cards of finished calls down when their time has come, by the relay's clock. */
export interface CardExpiry {
  /** The calls that are up have changed. */
  schedule(): void
  close(): void
}

export interface CardExpiryOptions {
  /** Calls that are live or whose card is up. */
  readonly active: () => readonly CallRow[]
  /** Takes down those whose time has come at `nowMs`. */
  readonly expire: (nowMs: number) => Promise<void>
  /** Relay's clock. */
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  /** Receives work that may fail when the store refuses. */
  readonly onWork: (work: Promise<void>) => void
}

export function createCardExpiry({ active, expire, clock, onWork }: CardExpiryOptions): CardExpiry {
  let isClosed = false
  let cancel = () => {}

  function schedule(): void {
    cancel()
    if (isClosed) return
    const nextMs = Math.min(...active().flatMap(({ shownUntilMs }) => shownUntilMs ?? []))
    if (!Number.isFinite(nextMs)) return
    cancel = clock.after(Math.max(0, nextMs - clock.nowMs()), () => onWork(takeDown()))
  }

  async function takeDown(): Promise<void> {
    await expire(clock.nowMs())
    // The relay may have set its clock back a little meanwhile: then it was too early, and nothing else would look again.
    schedule()
  }

  return {
    schedule,
    close: () => {
      isClosed = true
      cancel()
    },
  }
}
