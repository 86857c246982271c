import { computed, type ReadonlySignal } from '@preact/signals'
import type { User } from '../../../shared/protocol/wire.ts'
import { followSignIn } from './follow-sign-in.ts'

/** Who is signed in; `null`: nobody; `undefined`: not read yet. */
export function followUser(): ReadonlySignal<User | null | undefined> {
  const signIn = followSignIn()
  return computed(() => signIn.value?.user)
}
