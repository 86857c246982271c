import { useLayoutEffect, useReducer, useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import type { Outcome } from '../../shared/call/outcome.ts'
import type { Phase } from '../../shared/call/view.ts'
import type { CardCall } from '../lib/contract/card-call.ts'
import { MAX_NOTE_LENGTH } from '../lib/notes/tidy-note.ts'
import type { CardPartProps } from './Card.tsx'
import { CopyCall } from './CopyCall.tsx'
import { isGuarded, listenToField } from './guarded-keys.ts'
import type { NoteDraft, NoteState } from './note-draft.ts'
import { draftOf } from './note-drafts.ts'
import { TagsField } from './TagsField.tsx'

/**
 * What the person writes down about a call: kept as they type. One line, which grows while it has the keys, with the tags and the copy
 * for the CRM in it.
 */
export function Note(props: CardPartProps) {
  const { call, send } = props
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const draft = draftOf(call, send)
  return (
    <div class="note">
      {isGuarded() ? (
        <NoteFields draft={draft} knownTags={call.note.knownTags ?? []} onChange={() => redraw(undefined)} />
      ) : (
        <KeptNote call={call} />
      )}
      <SaveState state={draft.state()} />
      <CopyCall {...props} />
      <Refused state={draft.state()} />
    </div>
  )
}

/** There is nothing to write yet, or a machine has the call. */
const TOO_EARLY: ReadonlySet<Phase> = new Set(['ringing', 'calling', 'voicemail', 'fax', 'replied'])
/** The person had nothing to do with anybody. */
const NOBODY: ReadonlySet<Outcome | undefined> = new Set<Outcome>([
  'answeredElsewhere',
  'busy',
  'cancelled',
  'failed',
  'fax',
  'notPlaced',
  'replied',
  'voicemail',
])

/** Whether a card has room for a note: where there may be something to note, and where something was noted. */
export function hasNote({ phase, outcome, talkMs, note }: CardCall): boolean {
  if (note.text !== '' || note.tags.length > 0) return true
  return phase === 'ended' ? talkMs > 0 || !NOBODY.has(outcome) : !TOO_EARLY.has(phase)
}

interface NoteFieldsProps {
  readonly draft: NoteDraft
  readonly knownTags: readonly string[]
  readonly onChange: () => void
}

function NoteFields({ draft, knownTags, onChange }: NoteFieldsProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, tags } = draft.shown()

  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    const stopListening = listenToField(area, {
      onInput: () => {
        draft.write({ ...draft.shown(), text: area.value })
        onChange()
      },
    })
    // A card that is being folded sends what has not been sent yet.
    return () => {
      stopListening()
      draft.focus(false)
    }
  }, [draft])

  const setFocus = (hasFocus: boolean) => () => {
    draft.focus(hasFocus)
    onChange()
  }

  return (
    <>
      <textarea
        ref={field}
        class="field"
        dir="auto"
        rows={1}
        maxLength={MAX_NOTE_LENGTH}
        aria-label={i18n.t('note.label')}
        placeholder={i18n.t('note.label')}
        value={text}
        onFocus={setFocus(true)}
        onBlur={setFocus(false)}
      />
      <TagsField
        tags={tags}
        knownTags={knownTags}
        onChange={(changed) => {
          draft.write({ ...draft.shown(), tags: changed })
          draft.flush()
          onChange()
        }}
      />
    </>
  )
}

/**
 * In a tab that was open before the site was granted, the page could read what is typed: the stored note is shown, and
 * no field.
 */
function KeptNote({ call: { note } }: { readonly call: CardCall }) {
  return (
    <>
      {note.text !== '' && (
        <p class="kept" dir="auto">
          {note.text}
        </p>
      )}
      <p class="quiet">{i18n.t('guard.reload')}</p>
    </>
  )
}

/** Success is shown but not announced: it would be announced at every word. */
function SaveState({ state }: { readonly state: NoteState }) {
  if (state === 'empty') return null
  const isRefused = state === 'refused'
  return (
    <span class={`keeping ${isRefused ? 'problem' : 'quiet'}`}>{i18n.t(`note.${isRefused ? 'notSaved' : state}`)}</span>
  )
}

function Refused({ state }: { readonly state: NoteState }) {
  return (
    <p class="problem" role="status">
      {state === 'refused' && i18n.t('note.refused')}
    </p>
  )
}

// See it: npm start, place a call from the phone page and answer it; the same note is on every CRM tab.
