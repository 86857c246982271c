import { type ReadonlySignal, signal } from '@preact/signals'
import type { User } from '../../../shared/protocol/wire.ts'
import { listenToAnnouncements } from '../contract/messages.ts'
import { openReadableBrowserStore } from '../store/open.ts'
import { readSignIn } from '../store/read.ts'
import { createSteadyStore } from '../store/steady-store.ts'

/**
 * Who is signed in, read where the worker keeps it: to wake the worker first would take longer than the figures do. `null`:
 * nobody; `undefined`: not read yet.
 */
export function followUser(): ReadonlySignal<User | null | undefined> {
  const user = signal<User | null>()
  const use = createSteadyStore(openReadableBrowserStore)
  const read = async () => {
    // One that does not answer is read again with the next announcement.
    user.value = await use(readSignIn).then(
      (kept) => kept?.user ?? null,
      () => user.value,
    )
  }
  listenToAnnouncements((announcement) => void (announcement === 'status' && read()))
  void read()
  return user
}
