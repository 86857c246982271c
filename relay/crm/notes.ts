import * as v from 'valibot'
import { parseJson } from '../json.ts'
import type { Records } from '../log/records.ts'
import type { RecordNotes } from './outbox/write-record.ts'

/** What people wrote on the card of a call, by session and person, until it is in the record and for as long as that may change. */
export interface CallNotes {
  /** An empty text takes it back. */
  put(note: {
    readonly telephonySessionId: string
    readonly extensionId: string
    readonly text: string
    readonly atMs: number
  }): Promise<void>
  of(telephonySessionIds: readonly string[]): Promise<RecordNotes>
  /** Forgets those that were written before. */
  forgetBefore(ms: number): Promise<void>
}

const PREFIX = 'crm/note/'
const kept = v.object({ telephonySessionId: v.string(), extensionId: v.string(), text: v.string(), atMs: v.number() })

export function createCallNotes(records: Records): CallNotes {
  const read = async (prefix: string) => (await records.list(prefix)).map((text) => v.parse(kept, parseJson(text)))
  const keyOf = (telephonySessionId: string, extensionId: string) => `${PREFIX}${telephonySessionId}/${extensionId}`
  return {
    async put(note) {
      const key = keyOf(note.telephonySessionId, note.extensionId)
      if (note.text.trim() === '') await records.remove(key)
      else await records.put(key, JSON.stringify(note))
    },
    async of(ids) {
      const notes = (await Promise.all(ids.map((id) => read(`${PREFIX}${id}/`)))).flat()
      return notes.sort((a, b) => a.atMs - b.atMs)
    },
    async forgetBefore(ms) {
      for (const { telephonySessionId, extensionId, atMs } of await read(PREFIX))
        if (atMs < ms) await records.remove(keyOf(telephonySessionId, extensionId))
    },
  }
}
