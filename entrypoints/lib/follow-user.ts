import { type ReadonlySignal, signal } from '@preact/signals'
import type { User } from '../../shared/protocol/wire.ts'
import { listenToAnnouncements } from './messages.ts'
import { openBrowserStore } from './store/open.ts'
import { readSignIn } from './store/read.ts'

/**
 * Who is signed in, read where the worker keeps it: to wake the worker first would take longer than the figures do. `null`:
 * nobody; `undefined`: not read yet.
 */
export function followUser(): ReadonlySignal<User | null | undefined> {
  const user = signal<User | null>()
  const store = openBrowserStore()
  const read = async () => {
    user.value = (await readSignIn(await store))?.user ?? null
  }
  listenToAnnouncements((announcement) => void (announcement === 'status' && read()))
  void read()
  return user
}
