import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import { cleanTags, MAX_TAG_LENGTH, splitTags } from '../lib/notes/tags.ts'
import { listenToField } from './guarded-keys.ts'
import { IconButton } from './IconButton.tsx'
import { CloseIcon } from './icons.tsx'

export interface TagsFieldProps {
  readonly tags: readonly string[]
  /** Tags used before, to pick from. */
  readonly knownTags: readonly string[]
  readonly onChange: (tags: readonly string[]) => void
}

/** Tags as chips, and a field for one more. Enter, a comma or leaving the field adds what was typed. */
export function TagsField(props: TagsFieldProps) {
  const { tags, knownTags, onChange } = props
  const field = useRef<HTMLInputElement>(null)
  const listId = useId()
  const latest = useRef(props)
  latest.current = props

  useLayoutEffect(() => {
    const input = field.current
    if (input === null) return
    const add = () => {
      const { tags: before, onChange: change } = latest.current
      const after = cleanTags([...before, ...splitTags(input.value)])
      input.value = ''
      if (after.length > before.length) change(after)
    }
    const stopListening = listenToField(input, {
      onInput: () => {
        if (/[,;]/.test(input.value)) add()
      },
      onKeyDown: (event) => {
        if (event.key !== 'Enter' || event.isComposing) return
        event.preventDefault()
        add()
      },
    })
    input.addEventListener('blur', add)
    return () => {
      add()
      input.removeEventListener('blur', add)
      stopListening()
    }
  }, [])

  return (
    <div class="tags-field">
      {tags.length > 0 && (
        <ul class="tags">
          {tags.map((tag) => (
            <li key={tag} class="tag">
              <bdi>{tag}</bdi>
              <IconButton
                class="remove-tag"
                label={i18n.t('note.removeTag', [tag])}
                onAct={() => onChange(tags.filter((other) => other !== tag))}
              >
                <CloseIcon />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <input
        ref={field}
        class="field"
        dir="auto"
        list={listId}
        maxLength={MAX_TAG_LENGTH}
        aria-label={i18n.t('note.addTag')}
        placeholder={i18n.t('note.addTag')}
        autocomplete="off"
      />
      <datalist id={listId}>
        {knownTags
          .filter((tag) => !tags.includes(tag))
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
    </div>
  )
}
