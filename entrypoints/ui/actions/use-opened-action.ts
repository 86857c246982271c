import { useRef, useState } from 'preact/hooks'
import type { ActionKind } from '../../../shared/call/action-kinds.ts'

/** The action whose form is open, at most one, and the buttons that open forms. */
export interface OpenedAction {
  /** `undefined`: no form is open. */
  readonly kind: ActionKind | undefined
  /** Opens its form, or closes it. */
  toggle(kind: ActionKind): void
  /** Closes the form and gives the keys to the button that opened it. */
  close(): void
  /** Takes note of the button that opens the form, for `ref`. */
  keepOpener(kind: ActionKind): (button: HTMLButtonElement | null) => void
}

/** `offered`: the form of an action that is not offered any more is closed. */
export function useOpenedAction(offered: readonly ActionKind[]): OpenedAction {
  const [opened, setOpened] = useState<ActionKind>()
  const openers = useRef(new Map<ActionKind, HTMLButtonElement>())
  const kind = opened !== undefined && offered.includes(opened) ? opened : undefined
  return {
    kind,
    toggle: (toggled) => setOpened(kind === toggled ? undefined : toggled),
    close: () => {
      setOpened(undefined)
      if (kind !== undefined) openers.current.get(kind)?.focus()
    },
    keepOpener: (kept) => (button) => {
      if (button === null) openers.current.delete(kept)
      else openers.current.set(kept, button)
    },
  }
}
