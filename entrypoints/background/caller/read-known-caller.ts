import { DAY_MS } from '../../../shared/time.ts'
import type { KnownCaller } from '../../lib/caller/known-caller.ts'
import { nameContacts } from '../../lib/caller/name-contacts.ts'
import { nameRecords } from '../../lib/caller/name-records.ts'
import { readLastName } from '../../lib/caller/read-names.ts'
import { cleanTags } from '../../lib/notes/tags.ts'
import { readContactsByNumber } from '../../lib/store/contacts.ts'
import { readNotesByNumber } from '../../lib/store/notes.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readSeenRecords } from '../../lib/store/read-records.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** How far back "this week" reaches from the moment a call begins: people ask again within days, not calendar weeks. */
const WEEK_MS = 7 * DAY_MS

/** What the store knows of the other side of a call; `undefined` when the number is withheld, and so nothing can be known. */
export async function readKnownCaller(
  store: PersonStore,
  { numberKey, startedMs, telephonySessionId }: CallRow,
  language: string,
): Promise<KnownCaller | undefined> {
  if (numberKey === undefined) return undefined
  const [contacts, records, otherCall, week, lastCall, notes] = await Promise.all([
    readContactsByNumber(store, numberKey),
    readSeenRecords(store, numberKey),
    readLastName(store, numberKey),
    readCallIds(store, numberKey, startedMs - WEEK_MS, startedMs),
    readCallBefore(store, numberKey, startedMs, telephonySessionId),
    readNotesByNumber(store, numberKey, startedMs),
  ])
  const earlier = notes.filter((note) => note.telephonySessionId !== telephonySessionId)
  const lastNote = earlier.findLast(({ text }) => text.trim() !== '')
  const contact = nameContacts(contacts, language)
  return {
    contact,
    names: { contact: contact?.name, record: nameRecords(records), otherCall },
    // Whether the store has this one already or not.
    callsThisWeek: new Set([...week, telephonySessionId]).size,
    lastCall: lastCall && {
      direction: lastCall.direction,
      outcome: lastCall.outcome,
      startedMs: lastCall.startedMs,
      talkMs: lastCall.talkMs,
    },
    lastNote: lastNote && { text: lastNote.text, atMs: lastNote.startedMs },
    tags: cleanTags([...contacts.flatMap(({ tags }) => tags), ...earlier.flatMap(({ tags }) => tags)]),
  }
}

function readCallIds(store: PersonStore, numberKey: string, fromMs: number, toMs: number): Promise<string[]> {
  return store.getAllKeysFromIndex('calls', 'byNumber', IDBKeyRange.bound([numberKey, fromMs], [numberKey, toMs]))
}

async function readCallBefore(
  store: PersonStore,
  numberKey: string,
  beforeMs: number,
  exceptId: string,
): Promise<CallRow | undefined> {
  const range = IDBKeyRange.bound([numberKey], [numberKey, beforeMs])
  let cursor = await store.transaction('calls').store.index('byNumber').openCursor(range, 'prev')
  while (cursor?.primaryKey === exceptId) cursor = await cursor.continue()
  return cursor?.value
}
