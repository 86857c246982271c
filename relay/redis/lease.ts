import { createQueue } from '../../shared/queue.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { Owner, Ownership } from '../log/storage.ts'
import { FencedError } from './faults.ts'
import { KEYS } from './keys.ts'
import type { Link } from './link.ts'
import { CONFIRM, LIVE, RELEASE } from './scripts.ts'

/**
 * The lease: whoever has it is the owner. It lasts ten seconds and is renewed each second; who takes it gets a fencing number that
 * is higher than all before, and Redis refuses what comes with a lower one. So an owner that was paused and wakes may believe
 * for a moment that it is the owner still, but it writes nothing.
 */
export interface Lease extends Ownership {
  /** Another relay has given the lease back. */
  hurry(): void
  /** Stops asking for it. */
  close(): void
}

export interface LeaseOptions {
  readonly link: () => Link
  readonly logId: () => string
  /** What the lease is held by: this relay, in words that others can read. */
  readonly holder: string
  ownerOf(fence: number): Pick<Owner, 'log' | 'records'>
  /** Up to where somebody here has read; `undefined` where nobody reads. */
  lowestPin(): number | undefined
  /** What is known of the log with each sign of life. */
  onLooked(oldestPosition: number, bytes: number): void
  /** What the owner does could not begin; it is tried again. */
  onStartFailed(error: unknown): void
}

interface Held {
  readonly fence: number
  readonly logId: string
  /** When it is over unless it is renewed, by `performance.now()`. */
  untilMs: number
}

const LEASE_MS = 10 * SECOND_MS
const BEAT_MS = SECOND_MS
/** What is done elsewhere as the owner should be over before the lease is. */
const MIN_LEFT_MS = 3 * SECOND_MS
/** What the others are told. */
export const LEASE_FREE = 'lease'

export function createLease(options: LeaseOptions): Lease {
  const { link, logId, holder, ownerOf } = options
  const starts: ((owner: Owner) => Promise<() => Promise<void>>)[] = []
  /** Starts and stops, one after the other. */
  const queue = createQueue()
  let stops: readonly (() => Promise<void>)[] = []
  let held: Held | undefined
  let read: (() => string) | undefined
  let published: string | undefined
  let timer: NodeJS.Timeout | undefined
  let isEnded = false

  /** Sends a sign of life; takes the lease where it is free. */
  async function beat(): Promise<void> {
    const name = logId()
    const sentMs = performance.now()
    const told = held === undefined ? '' : (read?.() ?? '')
    const pin = options.lowestPin()
    const call = {
      script: LIVE,
      keys: [KEYS.log, KEYS.owner, KEYS.standing, KEYS.pins],
      args: [name, '', holder, String(LEASE_MS), told, pin === undefined ? '' : String(pin)],
    }
    const [outcome] = await link().use().run([call])
    if (outcome?.status !== 'fulfilled') throw outcome?.reason
    const [fence, standing, oldestPosition, bytes] = outcome.value as readonly [number, string, number, number]
    options.onLooked(oldestPosition, bytes)
    published = standing === '' ? undefined : standing
    if (isEnded) return
    if (fence === 0) lose()
    else if (held?.fence === fence && held.logId === name) held.untilMs = sentMs + LEASE_MS
    else gain({ fence, logId: name, untilMs: sentMs + LEASE_MS })
  }

  function gain(gained: Held): void {
    lose()
    held = gained
    void queue.run(() => startAll(gained))
  }

  async function startAll(gained: Held): Promise<void> {
    if (held !== gained) return
    const owner: Owner = { ...ownerOf(gained.fence), confirm: () => confirm(gained) }
    try {
      for (const start of starts) stops = [...stops, await start(owner)]
    } catch (error) {
      options.onStartFailed(error)
      await stopAll()
      // The next sign of life takes it again.
      if (held === gained) held = undefined
    }
  }

  function lose(): void {
    if (held === undefined) return
    held = undefined
    void queue.run(stopAll)
  }

  async function stopAll(): Promise<void> {
    const stopping = stops
    stops = []
    await Promise.allSettled(stopping.map((stop) => stop()))
  }

  async function confirm(gained: Held): Promise<void> {
    if (held !== gained || performance.now() > gained.untilMs) throw new FencedError('The lease is over.')
    const args = [gained.logId, String(gained.fence), holder, String(MIN_LEFT_MS)]
    const [outcome] = await link()
      .use()
      .run([{ script: CONFIRM, keys: [KEYS.log, KEYS.owner], args }])
    if (outcome?.status !== 'fulfilled') throw outcome?.reason
  }

  function loseWhenOver(): void {
    if (held !== undefined && performance.now() > held.untilMs) lose()
  }

  async function loop(): Promise<void> {
    loseWhenOver()
    await beat().catch(loseWhenOver)
    if (!isEnded) timer = setTimeout(loop, BEAT_MS)
  }

  return {
    get isOwner() {
      return held !== undefined
    },
    onOwned: (start) => void starts.push(start),
    async begin() {
      await loop()
      await queue.settled()
    },
    publish(reading) {
      read = reading
    },
    get published() {
      return published
    },
    // One that has ended would take the lease, and keep it from everybody until it is over.
    hurry: () => void (isEnded || beat().catch(() => undefined)),
    async end() {
      isEnded = true
      clearTimeout(timer)
      const owned = held
      lose()
      await queue.settled()
      if (owned === undefined) return
      const args = [owned.logId, String(owned.fence), holder, LEASE_FREE]
      await link()
        .use()
        .run([{ script: RELEASE, keys: [KEYS.log, KEYS.owner, KEYS.changes], args }])
        .catch(() => undefined)
    },
    close() {
      isEnded = true
      clearTimeout(timer)
    },
  }
}
