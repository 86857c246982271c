import { type ReadonlySignal, signal } from '@preact/signals'
import { listenToAnnouncements, type Status, sendMessage } from '../contract/messages.ts'

/** The background's status as a signal; `undefined` until it has answered. It is asked once `isFree` resolves. */
export function followStatus(isFree?: Promise<void>): ReadonlySignal<Status | undefined> {
  const status = signal<Status>()
  const read = async () => {
    // A worker that is ended before it answers announces its status when it starts again.
    status.value = await sendMessage('getStatus').catch(() => status.value)
  }
  listenToAnnouncements((announcement) => void (announcement === 'status' && read()))
  if (isFree === undefined) void read()
  else void isFree.then(read)
  return status
}
