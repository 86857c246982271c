import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { Presence } from '../../../shared/protocol/http/colleagues.ts'
import type { Suggestion } from '../../lib/contract/ports.ts'
import type { ActionParts } from './action-parts.ts'

export interface TargetFormProps {
  readonly kind: 'forward' | 'transfer'
  readonly parts: ActionParts
  readonly isPending: boolean
  readonly onGo: (to: string) => void
  /** Calls them before they are given the call; absent where that is not offered. */
  readonly onAsk?: (to: string) => void
  readonly onClose: () => void
}

/**
 * Whom a call goes to: a field with suggestions (the combobox pattern of the ARIA practices guide), and the button that does
 * it, which names the person; a call that goes on may be asked about first. Enter picks the suggestion, then goes to that button; Escape closes.
 */
export function TargetForm({ kind, parts, isPending, onGo, onAsk, onClose }: TargetFormProps) {
  const id = useId()
  const form = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [picked, setPicked] = useState<Suggestion>()
  const [at, setAt] = useState<number>()
  const suggestions = useSuggestions(parts, typed)
  const isListOpen = picked === undefined && suggestions.length > 0
  const to = picked?.to ?? typed.trim()
  // A partly typed name is no target yet.
  const toWhom = picked?.name ?? (/\d/.test(to) ? to : undefined)

  // Before the paint: whoever sees the field can type at once.
  useLayoutEffect(() => {
    ;(field.current ?? form.current?.querySelector('button'))?.focus()
  }, [])

  function pick(suggestion: Suggestion): void {
    setPicked(suggestion)
    setTyped(suggestion.name)
    setAt(undefined)
    form.current?.querySelector<HTMLElement>('.go')?.focus()
  }

  function hearKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') onClose()
    else if (isInField(field.current)) {
      const next = moveIn(suggestions.length, at, event.key)
      if (isListOpen && next !== undefined) setAt(next)
      else if (event.key !== 'Enter' || event.isComposing) return
      else if (isListOpen && at !== undefined && suggestions[at] !== undefined) pick(suggestions[at])
      else form.current?.querySelector<HTMLElement>('.go')?.focus()
    } else return
    event.preventDefault()
  }

  // Renewed at each render, before the paint: what a key does depends on what is shown.
  useLayoutEffect(() => (form.current === null ? undefined : parts.listen(form.current, { onKeyDown: hearKey })))
  useLayoutEffect(() => {
    if (field.current === null) return
    return parts.listen(field.current, {
      onInput: () => {
        setTyped(field.current?.value ?? '')
        setPicked(undefined)
        setAt(undefined)
      },
    })
  })

  return (
    <div class="target" ref={form}>
      {parts.canType() ? (
        <label class="target-label">
          <span>{i18n.t(`target.${kind}`)}</span>
          <input
            ref={field}
            class="field"
            value={typed}
            placeholder={i18n.t('target.placeholder')}
            role="combobox"
            aria-expanded={isListOpen}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={isListOpen && at !== undefined ? `${id}-${at}` : undefined}
            autocomplete="off"
            spellcheck={false}
          />
        </label>
      ) : (
        <p class="quiet">{i18n.t('action.reload')}</p>
      )}
      {isListOpen && (
        <div class="suggestions" id={`${id}-list`} role="listbox" aria-label={i18n.t('target.suggestions')}>
          {suggestions.map((suggestion, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, as the pattern wants it.
            <div
              key={suggestion.to}
              id={`${id}-${index}`}
              class="suggestion"
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onClick={() => pick(suggestion)}
            >
              <span class="who">{suggestion.name}</span>
              {suggestion.presence !== undefined && <PresenceMark presence={suggestion.presence} />}
              <span class="quiet">{suggestion.text}</span>
            </div>
          ))}
        </div>
      )}
      <div class="row">
        <parts.Button
          label={toWhom === undefined ? i18n.t(`action.${kind}`) : i18n.t(`target.${kind}To`, [toWhom])}
          class="button primary go"
          isPending={isPending}
          isDisabled={to === ''}
          onAct={() => onGo(to)}
        />
        {onAsk !== undefined && (
          <parts.Button
            label={i18n.t('action.askFirst')}
            title={toWhom === undefined ? i18n.t('target.askMeaning') : i18n.t('target.askFirst', [toWhom])}
            class="button"
            isDisabled={to === ''}
            onAct={() => onAsk(to)}
          />
        )}
        <button type="button" class="button" onClick={onClose}>
          {i18n.t('target.cancel')}
        </button>
      </div>
    </div>
  )
}

/** What a colleague is doing: a word, and a dot in its colour. */
function PresenceMark({ presence }: { readonly presence: Presence }) {
  return (
    <span class="presence" data-presence={presence}>
      {i18n.t(`presence.${presence}`)}
    </span>
  )
}

/** Whether the keys go to the field; inside a closed root an event does not tell. */
function isInField(field: HTMLInputElement | null): boolean {
  const root = field?.getRootNode()
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === field
}

/** The index that an arrow key leads to, wrapping around; `undefined` for other keys. */
function moveIn(count: number, at: number | undefined, key: string): number | undefined {
  if (key === 'ArrowDown') return at === undefined ? 0 : (at + 1) % count
  if (key === 'ArrowUp') return at === undefined ? count - 1 : (at + count - 1) % count
  return undefined
}

/** The latest suggestions for the typed text. */
function useSuggestions(parts: ActionParts, typed: string): readonly Suggestion[] {
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([])
  useEffect(() => {
    let isWanted = true
    void parts.suggest(typed).then((found) => isWanted && setSuggestions(found))
    return () => {
      isWanted = false
    }
  }, [parts, typed])
  return suggestions
}
