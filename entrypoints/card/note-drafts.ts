import type { CardCall } from '../lib/card-facts/card-call.ts'
import type { Send } from './Card.tsx'
import { createNoteDraft, type NoteDraft } from './note-draft.ts'

/** By call: a card that is folded while somebody writes, and opened again, goes on with what was being written. */
const drafts = new Map<string, NoteDraft>()

export function draftOf({ telephonySessionId, note }: CardCall, send: Send): NoteDraft {
  const present = drafts.get(telephonySessionId)
  if (present !== undefined) return present
  const draft = createNoteDraft({
    send: (written) => send({ type: 'note', telephonySessionId, note: written }),
    after: (delayMs, task) => {
      const timer = setTimeout(task, delayMs)
      return () => clearTimeout(timer)
    },
  })
  draft.take(note)
  drafts.set(telephonySessionId, draft)
  return draft
}

/** Tells every draft what is kept of it now. Those of calls that have no card any more go. */
export function followNotes(calls: readonly CardCall[]): void {
  const notes = new Map(calls.map(({ telephonySessionId, note }) => [telephonySessionId, note]))
  for (const [telephonySessionId, draft] of drafts) {
    const note = notes.get(telephonySessionId)
    if (note !== undefined) draft.take(note)
    else {
      draft.rest()
      drafts.delete(telephonySessionId)
    }
  }
}
