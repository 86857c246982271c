import { useEffect, useRef, useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { ActionButtonProps } from '../ui/actions/action-parts.ts'
import { type RealVisibility, watchVisibility } from './real-visibility.ts'

export interface ActButtonProps extends ActionButtonProps {
  /** It is out of use for now: a click says why by this, and does nothing else. */
  readonly onGreyed?: () => void
}

/**
 * A button for what has a consequence. It acts only at a click that a person has made, on a button that they really saw; where
 * the page keeps it from being seen, it says so, and until it was seen for long enough it looks as if it were not ready. It stays in
 * reach of the keys while it does nothing.
 */
export function ActButton({ onGreyed, ...props }: ActButtonProps) {
  const { label, title, onAct, isPending = false, isDisabled = false, class: className = 'button', children } = props
  const button = useRef<HTMLButtonElement>(null)
  const visibility = useRef<RealVisibility>(undefined)
  const [isHidden, setHidden] = useState(false)
  const [isReady, setReady] = useState(false)

  useEffect(() => {
    if (button.current === null) return
    const watched = watchVisibility(button.current, setReady)
    visibility.current = watched
    return () => watched.stop()
  }, [])

  function click(event: MouseEvent): void {
    if (!event.isTrusted || isPending) return
    if (onGreyed !== undefined) {
      onGreyed()
      return
    }
    if (isDisabled || visibility.current === undefined) return
    const wasSeen = visibility.current.wasSeen(event.timeStamp)
    setHidden(visibility.current.isHidden())
    if (wasSeen) onAct()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={className}
        title={title}
        aria-label={children === undefined ? undefined : label}
        data-ready={isReady}
        aria-busy={isPending}
        aria-disabled={isPending || isDisabled || onGreyed !== undefined}
        data-greyed={onGreyed !== undefined}
        onClick={click}
      >
        {children ?? <span class="text">{label}</span>}
      </button>
      {isHidden && (
        <span class="problem" role="alert">
          {i18n.t('guard.covered')}
        </span>
      )}
    </>
  )
}
