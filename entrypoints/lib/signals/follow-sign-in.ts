import { type ReadonlySignal, signal } from '@preact/signals'
import { listenToAnnouncements } from '../contract/messages.ts'
import { openReadableBrowserStore } from '../store/open.ts'
import { readSignIn } from '../store/read.ts'
import type { SignIn } from '../store/schema.ts'
import { createSteadyStore } from '../store/steady-store.ts'

/**
 * Who is signed in and where, read where the worker keeps it: to wake the worker first would take longer than the figures do.
 * `null`: nobody; `undefined`: not read yet.
 */
export function followSignIn(): ReadonlySignal<SignIn | null | undefined> {
  const signIn = signal<SignIn | null>()
  const use = createSteadyStore(openReadableBrowserStore)
  const read = async () => {
    // One that does not answer is read again with the next announcement.
    signIn.value = await use(readSignIn).then(
      (kept) => kept ?? null,
      () => signIn.value,
    )
  }
  listenToAnnouncements((announcement) => void (announcement === 'status' && read()))
  void read()
  return signIn
}
