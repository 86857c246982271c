import type { ComponentChildren } from 'preact'
import { trusted } from './trusted.ts'

export interface IconButtonProps {
  /** What it does, for everybody: in the tooltip and for screen readers. */
  readonly label: string
  /** To be found by. */
  readonly class: string
  readonly onAct: () => void
  readonly children: ComponentChildren
}

/** A small button with a picture, for what changes nothing but how the card looks. */
export function IconButton({ label, class: className, onAct, children }: IconButtonProps) {
  return (
    <button type="button" class={`icon ${className}`} title={label} aria-label={label} onClick={trusted(onAct)}>
      {children}
    </button>
  )
}
