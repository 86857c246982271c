import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardNote } from '../lib/notes/note.ts'
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

/** Tells every draft what is kept of it now. Those of calls that are not drawn any more send what they have, and go. */
export function followNotes(told: readonly CardCall[], drawn: readonly CardCall[]): void {
  for (const { telephonySessionId, note } of told) drafts.get(telephonySessionId)?.take(note)
  const ids = new Set(drawn.map(({ telephonySessionId }) => telephonySessionId))
  for (const [telephonySessionId, draft] of drafts) {
    if (ids.has(telephonySessionId)) continue
    draft.rest()
    if (!isUnsaved(draft)) drafts.delete(telephonySessionId)
  }
}

/** The worker's answer to what was sent. `isDrawn`: its card is up. */
export function takeNoteKept(telephonySessionId: string, note: CardNote, isDrawn: boolean): void {
  drafts.get(telephonySessionId)?.take(note)
  // Kept or not, nobody sees it any more.
  if (!isDrawn) drafts.delete(telephonySessionId)
}

/** A worker that was ended answers nothing: what waits for an answer without a card goes. */
export function forgetUnanswered(drawn: readonly CardCall[]): void {
  const ids = new Set(drawn.map(({ telephonySessionId }) => telephonySessionId))
  for (const id of drafts.keys()) if (!ids.has(id)) drafts.delete(id)
}

/** Calls with a note that is not kept yet, by id. */
export function listUnsaved(): readonly string[] {
  return [...drafts].flatMap(([id, draft]) => (isUnsaved(draft) ? id : []))
}

/** Sends what was not sent yet: the page is left. */
export function flushNotes(): void {
  for (const draft of drafts.values()) draft.flush()
}

function isUnsaved(draft: NoteDraft): boolean {
  const state = draft.state()
  return state === 'saving' || state === 'refused'
}
