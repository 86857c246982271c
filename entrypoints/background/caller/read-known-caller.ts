import type { EarlierCall, KnownCaller } from '../../lib/caller/known-caller.ts'
import { nameContacts } from '../../lib/caller/name-contacts.ts'
import { nameRecords } from '../../lib/caller/name-records.ts'
import { readLastName } from '../../lib/caller/read-names.ts'
import { cleanTags } from '../../lib/notes/tags.ts'
import { readContactsByNumber } from '../../lib/store/contacts.ts'
import { readNotesByNumber } from '../../lib/store/notes.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readSeenRecords } from '../../lib/store/read-records.ts'
import type { CallRow, StoredNote } from '../../lib/store/schema.ts'

/** As many as are looked through while a phone rings. */
const MOST_LAST_CALLS = 3

/** What the store knows of the other side of a call; `undefined` when the number is withheld, and so nothing can be known. */
export async function readKnownCaller(
  store: PersonStore,
  { numberKey, startedMs, telephonySessionId }: CallRow,
  language: string,
): Promise<KnownCaller | undefined> {
  if (numberKey === undefined) return undefined
  const [contacts, records, otherCall, calls, last, notes] = await Promise.all([
    readContactsByNumber(store, numberKey),
    readSeenRecords(store, numberKey),
    readLastName(store, numberKey),
    countCalls(store, numberKey, startedMs),
    readCallsBefore(store, numberKey, startedMs, telephonySessionId),
    readNotesByNumber(store, numberKey, startedMs),
  ])
  const earlier = notes.filter((note) => note.telephonySessionId !== telephonySessionId)
  const lastNote = earlier.findLast(({ text }) => text.trim() !== '')
  const contact = nameContacts(contacts, language)
  return {
    contact,
    names: { contact: contact?.name, record: nameRecords(records), otherCall },
    calls,
    lastCalls: last.map((row) => describeEarlier(row, earlier)),
    lastNote: lastNote && { text: lastNote.text, atMs: lastNote.startedMs },
    tags: cleanTags([...contacts.flatMap(({ tags }) => tags), ...earlier.flatMap(({ tags }) => tags)]),
  }
}

function describeEarlier(row: CallRow, notes: readonly StoredNote[]): EarlierCall {
  const { telephonySessionId, direction, outcome, startedMs, talkMs, takenBy } = row
  const note = notes.find((one) => one.telephonySessionId === telephonySessionId)?.text.trim()
  return {
    telephonySessionId,
    direction,
    outcome,
    startedMs,
    talkMs,
    takenBy: takenBy?.isMe === false ? takenBy.name : undefined,
    note: note === '' ? undefined : note,
  }
}

/** Up to the one that began then and with it, whether the store has it already or not. */
async function countCalls(store: PersonStore, numberKey: string, startedMs: number): Promise<number> {
  const before = IDBKeyRange.bound([numberKey], [numberKey, startedMs], false, true)
  return 1 + (await store.countFromIndex('calls', 'byNumber', before))
}

async function readCallsBefore(
  store: PersonStore,
  numberKey: string,
  beforeMs: number,
  exceptId: string,
): Promise<readonly CallRow[]> {
  const range = IDBKeyRange.bound([numberKey], [numberKey, beforeMs])
  const found: CallRow[] = []
  let cursor = await store.transaction('calls').store.index('byNumber').openCursor(range, 'prev')
  while (cursor && found.length < MOST_LAST_CALLS) {
    if (cursor.primaryKey !== exceptId) found.push(cursor.value)
    cursor = await cursor.continue()
  }
  return found
}
