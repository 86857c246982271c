import type { CallRow } from '../../lib/store/schema.ts'

/** Takes the cards of finished calls down when their time has come, by the relay's clock. */
export interface CardExpiry {
  /** The calls that are up have changed. */
  follow(): void
  close(): void
}

export interface CardExpiryOptions {
  /** Calls that are live or whose card is up. */
  readonly active: () => readonly CallRow[]
  /** Takes down those whose time has come at `nowMs`. */
  readonly expire: (nowMs: number) => Promise<void>
  /** Relay's clock. */
  readonly nowMs: () => number
  /** Runs `task` once after `delayMs`; the returned function prevents it. */
  readonly after: (delayMs: number, task: () => void) => () => void
  /** What is under way, and may fail. */
  readonly onWork: (work: Promise<void>) => void
}

export function createCardExpiry({ active, expire, nowMs, after, onWork }: CardExpiryOptions): CardExpiry {
  let isClosed = false
  let cancel = () => {}

  function follow(): void {
    cancel()
    if (isClosed) return
    const nextMs = Math.min(...active().flatMap(({ shownUntilMs }) => shownUntilMs ?? []))
    if (!Number.isFinite(nextMs)) return
    cancel = after(Math.max(0, nextMs - nowMs()), () => onWork(takeDown()))
  }

  async function takeDown(): Promise<void> {
    await expire(nowMs())
    // The relay may have set its clock back a little meanwhile: then it was too early, and nothing else would look again.
    follow()
  }

  return {
    follow,
    close: () => {
      isClosed = true
      cancel()
    },
  }
}
