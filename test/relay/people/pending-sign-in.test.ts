import { beforeEach, expect, it } from 'vitest'
import { createLocalShared } from '../../../relay/log/local-shared.ts'
import { createPendingSignIns, type PendingSignIn, type PendingSignIns } from '../../../relay/people/pending-sign-in.ts'
import { createTokenCipher, deriveKey } from '../../../relay/people/token-cipher.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { REDIRECT_URI } from '../support/extension-address.ts'

const KEY = new Uint8Array(32).fill(1)
const PENDING: PendingSignIn = {
  redirectUri: REDIRECT_URI,
  state: 'state-of-the-extension',
  codeChallenge: 'c'.repeat(43),
  codeVerifier: 'v'.repeat(43),
}

let clock: ManualClock
let pending: PendingSignIns
beforeEach(() => {
  clock = createManualClock()
  pending = createPendingSignIns(createTokenCipher(KEY), clock, createLocalShared(clock))
})

it('opens what was sealed, for ten minutes, after a restart too', () => {
  const state = pending.seal(PENDING)
  expect(state).toMatch(/^[\w-]{100,600}$/)
  clock.advance(10 * MINUTE_MS - 1)
  expect(createPendingSignIns(createTokenCipher(KEY), clock, createLocalShared(clock)).open(state)).toEqual(PENDING)
  clock.advance(1)
  expect(pending.open(state)).toBeUndefined()
})

it('opens it until it is spent', async () => {
  const state = pending.seal(PENDING)
  expect(pending.open(state)).toEqual(PENDING)
  expect(await pending.spend(state)).toBe(true)
  expect(pending.open(state)).toBeUndefined()
})

it('however many begin, the first is still there', () => {
  const first = pending.seal(PENDING)
  for (let number = 0; number < 20_000; number++) pending.seal(PENDING)
  expect(pending.open(first)).toEqual(PENDING)
})

it.each<[what: string, change: (state: string) => string]>([
  ['nothing', () => ''],
  ['what is not ours', () => 'a'.repeat(200)],
  [
    'a state with one letter changed',
    (state) => `${state.slice(0, -2)}${state.at(-2) === 'A' ? 'B' : 'A'}${state.at(-1)}`,
  ],
  ['half a state', (state) => state.slice(0, state.length / 2)],
])('opens nothing for %s', (_what, change) => {
  expect(pending.open(change(pending.seal(PENDING)))).toBeUndefined()
})

it('hides what is in it, and takes nothing that was encrypted for another purpose', () => {
  const state = pending.seal(PENDING)
  expect(Buffer.from(state, 'base64url').toString('latin1')).not.toContain('state-of-the-extension')
  const others = createPendingSignIns(createTokenCipher(deriveKey(KEY, 'another')), clock, createLocalShared(clock))
  expect(others.open(state)).toBeUndefined()
})
