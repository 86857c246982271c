import type { Clock } from '../../../shared/clock.ts'
import { createQueue } from '../../../shared/queue.ts'
import type { StoringProblem } from '../../lib/contract/messages.ts'
import { type CallNote, type CardNote, NO_NOTE } from '../../lib/notes/note.ts'
import { cleanTags } from '../../lib/notes/tags.ts'
import { tidyNote } from '../../lib/notes/tidy-note.ts'
import { readNote, readTags } from '../../lib/store/notes.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow, StoredNote } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { writeNote } from '../../lib/store/write-notes.ts'
import type { RetryAfterFreeingSpace } from '../retention/retention.ts'

/**
 * The notes of the calls on the cards. What a card sends is written at once, one after the other, and told to all cards when it is
 * kept: what a person is shown as saved survives the end of the worker. The last writer wins.
 */
export interface Notes {
  /** Reads the notes of calls that are on cards when the worker begins, so that none looks empty; tags may come later. */
  load(rows: readonly CallRow[]): Promise<void>
  of(telephonySessionId: string): CardNote
  write(telephonySessionId: string, note: CallNote): Promise<StoringProblem | undefined>
  /** The calls on the cards have changed: a number that is known by now belongs to the note as well. */
  refresh(rows: readonly CallRow[]): void
  /** Contacts have changed, and their tags with them. */
  refreshTags(): Promise<void>
  /** When everything handed over so far has been written, or refused. */
  settled(): Promise<void>
}

export interface NotesOptions {
  readonly store: PersonStore
  readonly clock: Pick<Clock, 'nowMs'>
  /** A call of this person's, on a card or not. */
  readonly findCall: (telephonySessionId: string) => Promise<CallRow | undefined>
  /** Carries a write out, and once more after freeing space when the store is full. */
  readonly retryAfterFreeingSpace?: RetryAfterFreeingSpace
  /** Whether the relay shall have what is written, for the CRM. */
  readonly areForCrm?: () => boolean
  /** Something else is kept, or refused, than `of` said last. */
  readonly onChanged: () => void
}

/** What is offered when nobody has given a tag yet. */
const FIRST_TAGS = ['VIP']

interface Kept {
  readonly stored: StoredNote | undefined
  readonly isRefused: boolean
}

export function createNotes({
  store,
  clock,
  findCall,
  retryAfterFreeingSpace = (write) => write(),
  areForCrm = () => false,
  onChanged,
}: NotesOptions): Notes {
  const notes = new Map<string, Kept>()
  const reading = new Set<string>()
  let knownTags: readonly string[] = FIRST_TAGS
  const writes = createQueue()

  async function read(telephonySessionId: string): Promise<StoredNote | undefined> {
    reading.add(telephonySessionId)
    const stored = await within(STORE_TIMEOUT_MS, readNote(store, telephonySessionId)).catch(() => undefined)
    reading.delete(telephonySessionId)
    // What was written meanwhile is newer.
    if (notes.has(telephonySessionId)) return undefined
    notes.set(telephonySessionId, { stored, isRefused: false })
    return stored
  }

  async function readLate(telephonySessionId: string): Promise<void> {
    if (reading.has(telephonySessionId)) return
    const stored = await read(telephonySessionId)
    if (stored !== undefined) onChanged()
  }

  async function refreshTags(): Promise<void> {
    const tags = await within(STORE_TIMEOUT_MS, readTags(store)).catch(() => knownTags)
    const before = knownTags
    knownTags = cleanTags([...tags, ...FIRST_TAGS])
    if (knownTags.join() !== before.join()) onChanged()
  }

  async function keep(note: StoredNote, isForCrm = false): Promise<StoringProblem | undefined> {
    const { telephonySessionId } = note
    try {
      await within(
        STORE_TIMEOUT_MS,
        retryAfterFreeingSpace(() => writeNote(store, note, { isForCrm })),
      )
      notes.set(telephonySessionId, { stored: note, isRefused: false })
      knownTags = cleanTags([...knownTags, ...note.tags])
      return undefined
    } catch {
      // The disk is full, or the store was closed: the card still has the text and says that it was not saved.
      const { stored } = notes.get(telephonySessionId) ?? { stored: undefined }
      notes.set(telephonySessionId, { stored, isRefused: true })
      return 'refused'
    } finally {
      onChanged()
    }
  }

  return {
    load: async (rows) => {
      void refreshTags()
      await Promise.all(rows.map(({ telephonySessionId }) => read(telephonySessionId)))
    },
    of: (telephonySessionId) => {
      const kept = notes.get(telephonySessionId)
      if (kept === undefined) void readLate(telephonySessionId)
      const { text, tags } = kept?.stored ?? NO_NOTE
      return { text, tags, knownTags, ...(kept?.isRefused ? { isRefused: true } : {}) }
    },
    write: (telephonySessionId, note) =>
      writes.run(async () => {
        const row = await within(STORE_TIMEOUT_MS, findCall(telephonySessionId)).catch(() => undefined)
        if (row === undefined) return 'unknownCall'
        return keep({ ...tidyNote(note), ...placeOf(row), writtenMs: clock.nowMs() }, areForCrm())
      }),
    refresh: (rows) => {
      for (const row of rows) {
        const stored = notes.get(row.telephonySessionId)?.stored
        if (stored === undefined || stored.numberKey === row.numberKey) continue
        void writes.run(async () => {
          const latest = notes.get(row.telephonySessionId)?.stored
          if (latest !== undefined) await keep({ ...latest, ...placeOf(row) })
        })
      }
    },
    refreshTags,
    settled: writes.settled,
  }
}

/** By what a note is found again. */
function placeOf({ telephonySessionId, startedMs, numberKey }: CallRow) {
  return { telephonySessionId, startedMs, ...(numberKey === undefined ? {} : { numberKey }) }
}
