import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import {
  type ContactsChange,
  interrupted,
  listenToAnnouncements,
  type Status,
  sendMessage,
} from '../../lib/contract/messages.ts'
import { splitTags } from '../../lib/notes/tags.ts'
import { countContacts, findContacts } from '../../lib/store/contacts.ts'
import { openReadableStore, type ReadableStore } from '../../lib/store/open.ts'
import type { Contact } from '../../lib/store/schema.ts'
import type { Feedback } from '../../ui/setup/feedback.ts'
import { nameStoringProblem } from '../name-storing-problem.ts'
import { createImportModel, type ImportModel } from './import-model.ts'

/** The person's contacts: how many, those that are looked for, and what came of changing them. Facts come from the store. */
export interface ContactsModel {
  /** `undefined` until it is known. */
  readonly isSignedIn: ReadonlySignal<boolean | undefined>
  readonly count: ReadonlySignal<number | undefined>
  readonly found: ReadonlySignal<FoundContacts>
  readonly query: ReadonlySignal<string>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  readonly bringing: ImportModel
  search(query: string): void
  /** `line`: tags with commas between them. */
  setTags(contact: Contact, line: string): Promise<void>
  remove(contact: Contact): Promise<void>
  removeAll(): Promise<void>
}

export interface FoundContacts {
  readonly contacts: readonly Contact[]
  /** Whether there are others that are not shown. */
  readonly hasMore: boolean
}

/** A list one can look through; beyond that there is the search. */
export const SHOWN_CONTACTS = 50

const NOBODY: FoundContacts = { contacts: [], hasMore: false }

export function createContactsModel(status: ReadonlySignal<Status | undefined>): ContactsModel {
  const user = computed(() => status.value?.user)
  const owner = computed(() => user.value && `${user.value.accountId}:${user.value.extensionId}`)
  const count = signal<number>()
  const found = signal<FoundContacts>(NOBODY)
  const query = signal('')
  const feedback = signal<Feedback>()
  let store: Promise<ReadableStore> | undefined
  let reading = new AbortController()
  const bringing = createImportModel(() => store)

  // Closed at once, so that one person's contacts are never shown under another's name.
  effect(() => {
    const somebody = owner.value === undefined ? undefined : user.peek()
    void store?.then((opened) => opened.close())
    store = somebody && openReadableStore(somebody)
    // The file of one person was not meant for the contacts of another.
    bringing.cancel()
    count.value = undefined
    found.value = NOBODY
    void read()
  })
  listenToAnnouncements((announcement) => {
    if (announcement !== 'contacts') return
    void read()
    bringing.follow()
  })

  async function read(): Promise<void> {
    reading.abort()
    reading = new AbortController()
    const { signal: isOver } = reading
    const opened = await store
    if (opened === undefined || isOver.aborted) return
    const counted = await countContacts(opened)
    const contacts = await findContacts(opened, query.peek(), SHOWN_CONTACTS + 1, isOver)
    if (isOver.aborted) return
    count.value = counted
    found.value = { contacts: contacts.slice(0, SHOWN_CONTACTS), hasMore: contacts.length > SHOWN_CONTACTS }
  }

  async function change(asked: ContactsChange, done: string): Promise<void> {
    const problem = await sendMessage('changeContacts', asked).catch(interrupted)
    feedback.value = problem ? { kind: 'problem', text: nameStoringProblem(problem) } : { kind: 'done', text: done }
  }

  return {
    isSignedIn: computed(() => status.value && user.value !== undefined),
    count,
    found,
    query,
    feedback,
    bringing,
    search: (typed) => {
      query.value = typed
      void read()
    },
    setTags: (contact, line) => {
      const { id, name } = contact
      return change({ kind: 'tag', id, tags: splitTags(line) }, i18n.t('contacts.tagsKept', [name]))
    },
    remove: ({ id, name }) => change({ kind: 'remove', id }, i18n.t('contacts.removed', [name])),
    removeAll: () => change({ kind: 'removeAll' }, i18n.t('contacts.removedAll')),
  }
}
