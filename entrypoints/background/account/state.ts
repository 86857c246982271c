import type { Connection } from '../../lib/contract/messages.ts'
import type { SignIn } from '../../lib/store/schema.ts'
import type { UserParts } from '../user/user.ts'

/**
 * Who is signed in, and how things stand with the store.
 *
 *     starting ─▶ signedOut ◀───────────────────── leaving
 *         │           │ sign in                       ▲
 *         │           ▼                               │ sign out, or the relay refuses the token
 *         └──────▶ signedIn ──────────────────────────┤
 *                   │    ▲                            │
 *     store refuses ▼    │ it has taken things again  │
 *                 storeRefused ───────────────────────┘
 *
 * Another user may sign in without a sign-out before: that is `signedIn` again.
 */
export type AccountState =
  /** Who is signed in has not been read yet: the worker has just begun, or the browser's store refuses. */
  | { readonly kind: 'starting'; readonly isStoreRefusing: boolean }
  /** `wasRefused`: because the relay stopped taking the token. */
  | { readonly kind: 'signedOut'; readonly wasRefused: boolean }
  | SignedIn
  | StoreRefused
  /** The cards are down, and what was being typed in them is given a moment to be kept. */
  | (Somebody & { readonly kind: 'leaving' })

export type SignedIn = Somebody & { readonly kind: 'signedIn' }

/**
 * The user's store takes nothing in; calls are shown from memory until another attempt succeeds. `isOnProbation`: the last one
 * did, and nothing has been refused since.
 */
export type StoreRefused = Somebody & { readonly kind: 'storeRefused'; readonly isOnProbation: boolean }

interface Somebody {
  readonly signIn: SignIn
  /** What runs for them; `undefined` until their store has been opened. */
  readonly user: UserParts | undefined
}

export function isSomebody(state: AccountState): state is AccountState & Somebody {
  return 'signIn' in state
}

export function isStoreRefusing(state: AccountState): boolean {
  return state.kind === 'storeRefused' || (state.kind === 'starting' && state.isStoreRefusing)
}

export function selectConnection(state: AccountState): Connection {
  if (isSomebody(state)) return state.user?.stream.connection() ?? { state: 'connecting' }
  return { state: state.kind === 'signedOut' && state.wasRefused ? 'unauthorised' : 'signedOut' }
}

/** Whether another state, or another connection, is to be expected any moment. */
export function isUnderWay(state: AccountState): boolean {
  return state.kind === 'starting' || ['connecting', 'catchingUp'].includes(selectConnection(state).state)
}

/** Whether the relay no longer takes the token of somebody who is still signed in. */
export function isUnwelcome(state: AccountState): boolean {
  return isSomebody(state) && state.kind !== 'leaving' && selectConnection(state).state === 'unauthorised'
}

/** The state of now. */
export interface CurrentState {
  get(): AccountState
  /** Enters another state; what was to happen later in the one before is called off. */
  enter(next: AccountState): void
  /** Changes what the present state holds, and stays in it. */
  update(change: Partial<Somebody>): void
  /** Runs `action` after `delayMs`, unless another state is entered first. */
  later(delayMs: number, action: () => void): void
}

/** `onRefusing`: the store has begun to refuse, or takes things in again. */
export function createCurrentState(
  after: (delayMs: number, action: () => void) => () => void,
  onRefusing: () => void,
): CurrentState {
  let state: AccountState = { kind: 'starting', isStoreRefusing: false }
  let cancelNext = () => {}
  return {
    get: () => state,
    enter: (next) => {
      cancelNext()
      const before = state
      state = next
      if (isStoreRefusing(next) !== isStoreRefusing(before)) onRefusing()
    },
    update: (change) => {
      if (isSomebody(state)) state = { ...state, ...change }
    },
    later: (delayMs, action) => {
      cancelNext()
      cancelNext = after(delayMs, action)
    },
  }
}
