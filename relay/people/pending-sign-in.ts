import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Shared } from '../log/storage.ts'
import type { TokenCipher } from './token-cipher.ts'

/**
 * A sign-in that has begun and is on its way through RingCentral's page. The relay keeps nothing of it: all there is to know
 * travels in the state that RingCentral sends back, encrypted. So however many begin, none makes another give way.
 */
export interface PendingSignIns {
  /** The state for RingCentral's page. */
  seal(pending: PendingSignIn): string
  /** What a state holds; `undefined` for one that is not ours, is older than ten minutes, or was spent. */
  open(state: string): PendingSignIn | undefined
  /** From this call on the state opens nothing; false when it was spent before, here or at another relay. */
  spend(state: string): Promise<boolean>
}

const pendingSignIn = v.object({
  redirectUri: v.string(),
  /** The extension's. */
  state: v.string(),
  codeChallenge: v.string(),
  /** The relay's own, for RingCentral. */
  codeVerifier: v.string(),
})
export type PendingSignIn = v.InferOutput<typeof pendingSignIn>
const sealedSignIn = v.object({ ...pendingSignIn.entries, expiresAtMs: v.number() })

const LIFE_MS = 10 * MINUTE_MS
/** A spent state that has given way could be sent again, with a code that RingCentral takes once. */
const MAX_SPENT = 10_000

export function createPendingSignIns(
  cipher: TokenCipher,
  clock: Pick<Clock, 'nowMs'>,
  shared: Pick<Shared, 'claim'>,
): PendingSignIns {
  const spent = new Set<string>()
  return {
    seal(pending) {
      const text = JSON.stringify({ ...pending, expiresAtMs: clock.nowMs() + LIFE_MS })
      return Buffer.from(cipher.encrypt(text), 'base64').toString('base64url')
    },
    open(state) {
      if (spent.has(state)) return undefined
      const text = cipher.decrypt(Buffer.from(state, 'base64url').toString('base64'))
      if (text === undefined) return undefined
      const { expiresAtMs, ...pending } = v.parse(sealedSignIn, JSON.parse(text))
      return expiresAtMs > clock.nowMs() ? pending : undefined
    },
    spend(state) {
      spent.add(state)
      for (const oldest of spent) {
        if (spent.size <= MAX_SPENT) break
        spent.delete(oldest)
      }
      return shared.claim(`state ${createHash('sha256').update(state).digest('base64url')}`, LIFE_MS)
    },
  }
}
