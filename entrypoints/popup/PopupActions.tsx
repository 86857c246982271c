import { useMemo } from 'preact/hooks'
import type { LiveCall } from '../lib/contract/card-call.ts'
import type { ActionButtonProps, ActionParts, HeardKeys } from '../ui/actions/action-parts.ts'
import { CallActions } from '../ui/actions/CallActions.tsx'
import type { PopupModel } from './model.ts'

/** What there is to do with a call: the same as on the card, for when the page keeps that out of reach. */
export function PopupActions({ model, call }: { readonly model: PopupModel; readonly call: LiveCall }) {
  const { telephonySessionId } = call
  const parts = useMemo<ActionParts>(
    () => ({ Button, listen, canType: () => true, suggest: (typed) => model.suggest(telephonySessionId, typed) }),
    [model, telephonySessionId],
  )
  return <CallActions call={call} parts={parts} onAct={(action) => void model.act(telephonySessionId, action)} />
}

function Button({ label, title, onAct, isPending, isDisabled, class: className, children }: ActionButtonProps) {
  return (
    <button
      type="button"
      class={className}
      title={title}
      aria-label={children === undefined ? undefined : label}
      aria-busy={isPending}
      aria-disabled={isPending || isDisabled}
      onClick={() => {
        if (!isPending && !isDisabled) onAct()
      }}
    >
      {children ?? label}
    </button>
  )
}

function listen(element: HTMLElement, { onInput, onKeyDown }: HeardKeys): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const hear = (event: KeyboardEvent) => {
    if (!event.defaultPrevented) onKeyDown?.(event)
  }
  element.addEventListener('keydown', hear, { signal })
  element.addEventListener('input', () => onInput?.(), { signal })
  return () => listening.abort()
}
