import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { i18n } from '#i18n'

export interface PaneProps {
  /** What it is about, for who cannot see it. */
  readonly label: string
  readonly title: ComponentChildren
  /** Another when it is about something else: then the keys go there. */
  readonly about: string
  readonly onClose: () => void
  /** Goes back to what it was opened from; absent where there is nothing. */
  readonly onBack?: (() => void) | undefined
  readonly children: ComponentChildren
}

/** Something opened beside a list, which can still be used. Escape closes it. Needs pane.css. */
export function Pane({ label, title, about, onClose, onBack, children }: PaneProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [about])
  return (
    <aside
      class="detail-pane"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        {onBack && (
          <button type="button" onClick={onBack}>
            {i18n.t('pane.back')}
          </button>
        )}
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" onClick={onClose}>
          {i18n.t('callList.close')}
        </button>
      </header>
      {children}
    </aside>
  )
}
