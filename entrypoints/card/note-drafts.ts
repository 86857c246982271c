import type { CardCall } from '../lib/contract/card-call.ts'
import type { CardNote } from '../lib/notes/note.ts'
import type { Send } from './Card.tsx'
import { createNoteDraft, type NoteDraft } from './note-draft.ts'

/** Drafts by call: a card that is folded during writing and opened again continues with its draft. */
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

/**
 * Passes the saved notes to the drafts. Drafts of calls that are no longer drawn send what they have and are dropped.
 */
export function followNotes(sent: readonly CardCall[], drawn: readonly CardCall[]): void {
  for (const { telephonySessionId, note } of sent) drafts.get(telephonySessionId)?.take(note)
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
  // Saved or not, it is no longer visible.
  if (!isDrawn) drafts.delete(telephonySessionId)
}

/** A worker that was ended never answers: drafts that wait without a card are dropped. */
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
