import { computed, type ReadonlySignal } from '@preact/signals'
import type { User } from '../../../shared/protocol/wire.ts'
import { followSignIn } from './follow-sign-in.ts'

/** The signed-in person; `null`: nobody; `undefined`: not read yet. */
export function followUser(): ReadonlySignal<User | null | undefined> {
  const signIn = followSignIn()
  return computed(() => signIn.value?.user)
}
