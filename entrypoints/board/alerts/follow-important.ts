import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { User } from '../../../shared/protocol/wire.ts'
import { listenToAnnouncements } from '../../lib/contract/messages.ts'
import type { BoardSettings } from '../../lib/settings/settings.ts'
import { readContactsByTag } from '../../lib/store/contacts.ts'
import { openReadableStore } from '../../lib/store/open.ts'
import { createSteadyStore } from '../../lib/store/steady-store.ts'

/** Keys of the numbers of those contacts of the person that carry the tag for important callers, kept up. */
export interface Important {
  readonly keys: ReadonlySignal<ReadonlySet<string>>
  close(): void
}

export function followImportant(user: ReadonlySignal<User>, settings: ReadonlySignal<BoardSettings>): Important {
  const keys = signal<ReadonlySet<string>>(new Set())
  const use = createSteadyStore(() => openReadableStore(user.peek()))

  async function read(tag: string): Promise<void> {
    // A store that does not answer says nothing of who is important, and is read again with the next change.
    const contacts = tag === '' ? [] : await use((store) => readContactsByTag(store, tag)).catch(() => undefined)
    if (contacts !== undefined && settings.peek().importantTag === tag)
      keys.value = new Set(contacts.flatMap(({ numberKeys }) => numberKeys))
  }

  const stopReading = effect(() => void read(settings.value.importantTag))
  const stopListening = listenToAnnouncements((announcement) => {
    if (announcement === 'contacts') void read(settings.peek().importantTag)
  })
  return {
    keys,
    close: () => {
      stopReading()
      stopListening()
    },
  }
}
