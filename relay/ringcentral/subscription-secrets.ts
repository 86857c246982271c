import { randomBytes } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Records } from '../log/records.ts'

/**
 * What must be known of our subscriptions after a restart, at whatever point the relay stopped: each one's secret, which
 * RingCentral never tells, and where it led.
 *
 * A secret is stored before its create call, because deliveries may come before the answer, and because after a crash that
 * answer never comes. Until it is known what became of the call, the secret is used again.
 */
export interface SubscriptionSecrets {
  /** The subscription to keep; its `id` is null as long as the create call was not answered. */
  readonly current: Current | null
  /** Those that were replaced and are perhaps not deleted yet. */
  readonly replaced: readonly Replaced[]
  /** The secret for the next create call, stored. */
  next(address: string, filters: readonly string[]): Promise<string>
  /** The create call was answered; RingCentral spells the filters its own way. */
  created(id: string, spelledFilters: readonly string[]): Promise<void>
  /** The replaced ones are deleted: their secrets are accepted for some minutes more. */
  deleted(): Promise<void>
  accepted(): readonly string[]
}

const current = v.object({
  id: v.nullable(v.string()),
  secret: v.string(),
  address: v.string(),
  filters: v.array(v.string()),
  /** The same in RingCentral's spelling; absent before it has told. */
  spelledFilters: v.optional(v.array(v.string())),
})
type Current = v.InferOutput<typeof current>

const previous = v.object({
  id: v.nullable(v.string()),
  secret: v.string(),
  address: v.optional(v.string()),
  /** Null until the subscription is deleted at RingCentral. */
  acceptUntilMs: v.nullable(v.number()),
})

export interface Replaced {
  /** Null when the create call's answer never came: then the address tells which it is. */
  readonly id: string | null
  readonly address?: string | undefined
}

const stored = v.object({ current: v.nullable(current), previous: v.array(previous) })
type Stored = v.InferOutput<typeof stored>

export const RECORD_KEY = 'subscription'
/** Deliveries that were under way when a subscription was deleted still carry its secret. */
const OLD_SECRET_MS = 5 * MINUTE_MS

export async function loadSubscriptionSecrets(records: Records, clock: Clock): Promise<SubscriptionSecrets> {
  let state = decode(await records.get(RECORD_KEY))

  async function save(next: Stored): Promise<void> {
    await records.put(RECORD_KEY, JSON.stringify(next))
    state = next
  }

  const replaced = () => state.previous.filter(({ acceptUntilMs }) => acceptUntilMs === null)

  return {
    get current() {
      return state.current
    },
    get replaced() {
      return replaced()
    },
    async next(address, filters) {
      const { current, previous } = state
      if (current !== null && current.id === null && current.address === address) {
        await save({ current: { ...current, filters: [...filters] }, previous })
        return current.secret
      }
      const old =
        current === null
          ? []
          : [{ id: current.id, secret: current.secret, address: current.address, acceptUntilMs: null }]
      const secret = randomBytes(32).toString('base64url')
      await save({ current: { id: null, secret, address, filters: [...filters] }, previous: [...previous, ...old] })
      return secret
    },
    async created(id, spelledFilters) {
      const { current } = state
      if (current !== null) await save({ ...state, current: { ...current, id, spelledFilters: [...spelledFilters] } })
    },
    async deleted() {
      const nowMs = clock.nowMs()
      const previous = state.previous
        .map((one) => ({ ...one, acceptUntilMs: one.acceptUntilMs ?? nowMs + OLD_SECRET_MS }))
        .filter(({ acceptUntilMs }) => acceptUntilMs > nowMs)
      if (previous.length !== state.previous.length || replaced().length > 0) await save({ ...state, previous })
    },
    accepted: () => acceptedOf(state, clock.nowMs()),
  }
}

/** Those of the record, as it is kept. */
export function listAccepted(text: string | undefined, nowMs: number): readonly string[] {
  return acceptedOf(decode(text), nowMs)
}

function decode(text: string | undefined): Stored {
  return text === undefined ? { current: null, previous: [] } : v.parse(stored, JSON.parse(text))
}

function acceptedOf({ current, previous }: Stored, nowMs: number): readonly string[] {
  const old = previous.filter(({ acceptUntilMs }) => acceptUntilMs === null || acceptUntilMs > nowMs)
  return [...(current === null ? [] : [current.secret]), ...old.map(({ secret }) => secret)]
}
