import type { ActionButtonProps, HeardKeys } from './action-parts.ts'

/** What actions are made of on the extension's own pages, which nobody else sees or draws over. */

export function PlainButton({
  label,
  title,
  onAct,
  isPending,
  isDisabled,
  class: className,
  children,
}: ActionButtonProps) {
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

export function listenPlainly(element: HTMLElement, { onInput, onKeyDown }: HeardKeys): () => void {
  const listening = new AbortController()
  const { signal } = listening
  const hear = (event: KeyboardEvent) => {
    if (!event.defaultPrevented) onKeyDown?.(event)
  }
  element.addEventListener('keydown', hear, { signal })
  element.addEventListener('input', () => onInput?.(), { signal })
  return () => listening.abort()
}
