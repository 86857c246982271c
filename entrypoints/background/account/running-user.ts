import type { Queue } from '../../../shared/queue.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { knownCountry } from '../../lib/settings/country.ts'
import type { SignIn } from '../../lib/store/schema.ts'
import type { UserParts } from '../user/user.ts'
import { type CurrentState, isSomebody } from './state.ts'

/** What runs for the user who is signed in: begun, begun again when their store refuses, and ended. */
export interface RunningUser {
  /** Starts the parts of the user who is signed in. If their store refuses, it is tried again until it works. */
  begin(): Promise<void>
  /** Starts them again where numbers are read in another country than before. */
  followCountry(): Promise<void>
  /** Closes them; nothing of theirs is left in sight. */
  end(): Promise<void>
}

export interface RunningUserOptions {
  readonly current: CurrentState
  /** Changes of the account, one at a time. */
  readonly changes: Queue
  /** Starts the parts. Resolves when they have read what is kept; rejects when the user's store can't be used. */
  readonly start: (signIn: SignIn, events: RunningEvents) => Promise<UserParts>
  readonly onEnded: () => void
}

export interface RunningEvents {
  /** The parts exist, and read what is kept: a call that rings is shown, and its card answered, as soon as its calls are read. */
  readonly onParts: (user: UserParts) => void
  /** The store can't be used any more. */
  readonly onBroken: (error: unknown) => void
}

/** How long to wait before a store that refused is tried again, and how long before it is believed. */
export const RETRY_MS = 5 * SECOND_MS

export function createRunningUser({ current, changes, start, onEnded }: RunningUserOptions): RunningUser {
  async function launch(): Promise<UserParts | undefined> {
    const state = current.get()
    if (!isSomebody(state)) return undefined
    try {
      return await start(state.signIn, { onParts: (user) => current.update({ user }), onBroken: refuse })
    } catch (error) {
      // Those that were there before are still there, if there were any.
      current.update({ user: state.user })
      refuse(error)
      return undefined
    }
  }

  function refuse(error: unknown): void {
    const state = current.get()
    if (state.kind === 'signedIn') console.warn('The store of calls cannot be used; trying again.', error)
    // Whoever is leaving needs no store any more, and otherwise the next attempt is on its way.
    else if (state.kind !== 'storeRefused' || !state.isOnProbation) return
    current.enter({ ...state, kind: 'storeRefused', isOnProbation: false })
    current.later(RETRY_MS, () => void changes.run(retry))
  }

  async function retry(): Promise<void> {
    const state = current.get()
    if (state.kind !== 'storeRefused') return
    current.enter({ ...state, isOnProbation: true })
    // The old parts go when there are others: until then they show what they hear.
    if ((await launch()) !== undefined) await state.user?.close()
    const after = current.get()
    // What is still refused is refused again with what the relay repeats.
    if (after.kind === 'storeRefused' && after.isOnProbation) current.later(RETRY_MS, believe)
  }

  function believe(): void {
    const state = current.get()
    if (state.kind === 'storeRefused') current.enter({ kind: 'signedIn', signIn: state.signIn, user: state.user })
  }

  return {
    begin: async () => {
      await launch()
    },
    followCountry: async () => {
      const state = current.get()
      if (!isSomebody(state) || state.user === undefined || state.user.country === knownCountry()) return
      await state.user.close()
      if ((await launch()) === undefined) current.update({ user: undefined })
    },
    end: async () => {
      const state = current.get()
      if (isSomebody(state)) await state.user?.close()
      current.update({ user: undefined })
      onEnded()
    },
  }
}
