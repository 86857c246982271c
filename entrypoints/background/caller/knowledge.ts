import type { KnownCaller } from '../../lib/caller/known-caller.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { readKnownCaller } from './read-known-caller.ts'

/**
 * What this browser knows of the callers on the cards. A card is never held up for it: it is drawn with what has been read, and
 * drawn again when there is more.
 */
export interface Knowledge {
  /** What is known of the other side now. The first time it is asked of a number it begins to read. */
  of(row: CallRow): KnownCaller | undefined
  /** Resolves when `of` says of these calls what the store knows now, for whoever asks once: a list, or a notification. */
  read(rows: readonly CallRow[]): Promise<void>
  /** The store has changed: reads again what these calls show, and forgets all others. */
  refresh(rows: readonly CallRow[]): void
}

export interface KnowledgeOptions {
  readonly store: PersonStore
  /** The reader's, for lists of names. */
  readonly language: string
  /** Something else is known than `of` said last. */
  readonly onChanged: () => void
}

interface Entry {
  row: CallRow
  caller: KnownCaller | undefined
  /** When it has been read as it was asked last. */
  reading: Promise<void>
  /** While one reading goes on the next one waits; several that wait are one. */
  state: 'idle' | 'reading' | 'readingAgain'
}

/** Who draws a card is not held up by questions to the store. */
async function afterDrawing(): Promise<void> {}

export function createKnowledge({ store, language, onChanged }: KnowledgeOptions): Knowledge {
  const entries = new Map<string, Entry>()

  async function read(entry: Entry): Promise<void> {
    entry.state = 'reading'
    // A store that cannot be read now is no reason to show less than before.
    const reading = afterDrawing().then(() => readKnownCaller(store, entry.row, language))
    const caller = await within(STORE_TIMEOUT_MS, reading).catch(() => entry.caller)
    const isAgain = (entry.state as Entry['state']) === 'readingAgain'
    const isOther = JSON.stringify(caller) !== JSON.stringify(entry.caller)
    entry.caller = caller
    entry.state = 'idle'
    if (isOther && entries.get(entry.row.telephonySessionId) === entry) onChanged()
    if (isAgain) await read(entry)
  }

  function reread(entry: Entry): void {
    if (entry.state === 'idle') entry.reading = read(entry)
    else entry.state = 'readingAgain'
  }

  function find(row: CallRow): Entry {
    const known = entries.get(row.telephonySessionId)
    // The number may become known, or turn out to be another, while the call goes on.
    if (known !== undefined && known.row.numberKey === row.numberKey) return known
    const entry: Entry = { row, caller: undefined, reading: Promise.resolve(), state: 'idle' }
    entries.set(row.telephonySessionId, entry)
    reread(entry)
    return entry
  }

  return {
    of: (row) => find(row).caller,
    read: async (rows) => {
      await Promise.all(rows.map((row) => find(row).reading))
    },
    refresh: (rows) => {
      const shown = new Map(rows.map((row) => [row.telephonySessionId, row]))
      for (const [id, entry] of entries) {
        const row = shown.get(id)
        if (row === undefined) entries.delete(id)
        else {
          entry.row = row
          reread(entry)
        }
      }
    },
  }
}
