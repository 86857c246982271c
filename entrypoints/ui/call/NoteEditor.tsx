import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import { listenToAnnouncements, sendMessage } from '../../lib/contract/messages.ts'
import { type CallNote, NO_NOTE } from '../../lib/notes/note.ts'
import { splitTags } from '../../lib/notes/tags.ts'
import { MAX_NOTE_LENGTH, tidyNote } from '../../lib/notes/tidy-note.ts'
import { readNote } from '../../lib/store/notes.ts'
import type { ReadableStore } from '../../lib/store/open.ts'

export interface NoteEditorProps {
  readonly store: ReadableStore
  readonly telephonySessionId: string
}

type SaveState = 'none' | 'saving' | 'saved' | 'notSaved'

/** Short enough that nothing typed is ever far from being kept, long enough not to send every key. */
const PAUSE_MS = 300

/** What the person wrote about a call, kept as they type; the card shows the same. */
export function NoteEditor({ store, telephonySessionId }: NoteEditorProps) {
  const [note, setNote] = useState<CallNote>()
  const [saveState, setSaveState] = useState<SaveState>('none')
  // Tags are split when the person leaves the field; until then the text stays as typed.
  const [typedTags, setTypedTags] = useState<string>()
  // Text that is not sent yet; while there is some, changes from elsewhere wait.
  const unsent = useRef<CallNote | undefined>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  async function send(): Promise<void> {
    clearTimeout(timer.current)
    const written = unsent.current
    if (written === undefined) return
    const problem = await sendMessage('writeNote', { telephonySessionId, note: tidyNote(written) }).catch(
      () => 'failed',
    )
    // Text typed meanwhile is sent by itself.
    if (unsent.current !== written) return
    if (problem === undefined) unsent.current = undefined
    setSaveState(problem === undefined ? 'saved' : 'notSaved')
  }

  function write(change: Partial<CallNote>): void {
    const next = { ...(note ?? NO_NOTE), ...change }
    setNote(next)
    setSaveState('saving')
    unsent.current = next
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void send(), PAUSE_MS)
  }

  useEffect(() => {
    const read = async () => {
      const stored = await readNote(store, telephonySessionId)
      if (unsent.current === undefined) setNote(stored ?? NO_NOTE)
    }
    void read()
    const stopListening = listenToAnnouncements((announcement) => void (announcement === 'notes' && read()))
    const flush = () => void send()
    addEventListener('pagehide', flush)
    return () => {
      stopListening()
      removeEventListener('pagehide', flush)
      flush()
    }
  }, [store, telephonySessionId])

  if (note === undefined) return null
  return (
    <div class="note-editor">
      <label>
        {i18n.t('note.label')}
        <textarea
          dir="auto"
          rows={2}
          maxLength={MAX_NOTE_LENGTH}
          value={note.text}
          onInput={(event) => write({ text: event.currentTarget.value })}
          onBlur={() => void send()}
        />
      </label>
      <label>
        {i18n.t('known.tags')}
        <input
          dir="auto"
          value={typedTags ?? note.tags.join(', ')}
          onInput={(event) => setTypedTags(event.currentTarget.value)}
          onChange={(event) => {
            write({ tags: splitTags(event.currentTarget.value) })
            setTypedTags(undefined)
            void send()
          }}
        />
      </label>
      <p class={saveState === 'notSaved' ? 'problem' : 'quiet'} role="status">
        {saveState === 'notSaved' ? i18n.t('note.refused') : saveState === 'none' ? '' : i18n.t(`note.${saveState}`)}
      </p>
    </div>
  )
}
