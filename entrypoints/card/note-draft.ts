import { SECOND_MS } from '../../shared/time.ts'
import { type CallNote, type CardNote, NO_NOTE } from '../lib/notes/note.ts'
import { isSameNote, tidyNote } from '../lib/notes/tidy-note.ts'

/**
 * The draft of one call's note until the worker confirms that it is saved. Typing is sent a few times a second, and
 * sent again when no answer comes, because Chrome may have ended the worker. A change from another tab is applied, but
 * never while somebody is typing: the last writer wins.
 */
export interface NoteDraft {
  /** What the fields show. */
  shown(): CallNote
  state(): NoteState
  /** The person has changed something. */
  write(note: CallNote): void
  /** Called with the note as the worker has saved it. */
  take(kept: CardNote): void
  /** The text field has got the focus, or lost it. */
  focus(hasFocus: boolean): void
  /** Sends what was not sent yet, now. */
  flush(): void
  /** Sends it without waiting for an answer: the card is gone. */
  rest(): void
}

export type NoteState = 'empty' | 'saving' | 'saved' | 'refused'

/** Short enough to feel immediate, long enough that not every letter causes a write. */
const SEND_MS = 300
/** The worker answers within milliseconds; after this long the message was lost with it. */
const RESEND_MS = 2 * SECOND_MS
/** A full disk stays full for a while. */
const REFUSED_RESEND_MS = 10 * SECOND_MS

export interface NoteDraftOptions {
  readonly send: (note: CallNote) => void
  /** Runs a task later; the function returned calls it off. */
  readonly after: (delayMs: number, task: () => void) => () => void
}

export function createNoteDraft({ send, after }: NoteDraftOptions): NoteDraft {
  let kept: CardNote = NO_NOTE
  let shown: CallNote = NO_NOTE
  /** Written here and not kept yet. */
  let mine: CallNote | undefined
  let isSent = true
  let hasFocus = false
  let cancel = () => {}
  let isWaiting = false

  function wait(delayMs: number): void {
    cancel()
    isWaiting = true
    cancel = after(delayMs, sendMine)
  }

  function stopWaiting(): void {
    cancel()
    isWaiting = false
  }

  function sendMine(): void {
    stopWaiting()
    if (mine === undefined) return
    send(mine)
    isSent = true
    wait(kept.isRefused ? REFUSED_RESEND_MS : RESEND_MS)
  }

  function flush(): void {
    if (!isSent) sendMine()
  }

  return {
    shown: () => shown,
    state: () => {
      if (mine !== undefined) return kept.isRefused ? 'refused' : 'saving'
      return isSameNote(kept, NO_NOTE) ? 'empty' : 'saved'
    },
    write: (note) => {
      shown = tidyNote(note)
      mine = shown
      // Sent now and then during typing, not only when it stops.
      if (isSent || !isWaiting) wait(SEND_MS)
      isSent = false
    },
    take: (latest) => {
      kept = latest
      if (mine !== undefined && isSameNote(mine, latest)) {
        mine = undefined
        isSent = true
        stopWaiting()
      }
      if (mine === undefined) shown = { text: hasFocus ? shown.text : latest.text, tags: latest.tags }
    },
    focus: (has) => {
      hasFocus = has
      if (has) return
      flush()
      if (mine === undefined) shown = { text: kept.text, tags: kept.tags }
    },
    flush,
    rest: () => {
      flush()
      stopWaiting()
    },
  }
}
