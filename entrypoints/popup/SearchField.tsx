import { useEffect, useRef } from 'preact/hooks'
import { i18n } from '#i18n'
import { focusFirstRow } from './row-keys.ts'

export interface SearchFieldProps {
  readonly typed: string
  readonly onType: (typed: string) => void
}

/** Finds somebody by name or number. It has the keys when the popup opens; the arrow down leads to the lists. */
export function SearchField({ typed, onType }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <search>
      <input
        ref={field}
        type="search"
        class="find"
        aria-label={i18n.t('popup.find')}
        placeholder={i18n.t('popup.findHint')}
        value={typed}
        autoComplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Escape' && typed !== '') {
            onType('')
            event.preventDefault()
          }
          if (event.key === 'Enter' && typed.trim() !== '') focusFirstRow()
        }}
      />
    </search>
  )
}
