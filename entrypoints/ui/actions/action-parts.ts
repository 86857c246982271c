import type { ComponentChildren, ComponentType } from 'preact'
import type { Suggestion } from '../../lib/contract/ports.ts'

/**
 * What the actions are made of where they are shown: on somebody else's page a button acts only if it was really seen, and keys
 * come through a guard; in the popup they are plain.
 */
export interface ActionParts {
  /** For what has a consequence. */
  readonly Button: ComponentType<ActionButtonProps>
  /** Listens for keys and text input at an element or inside it. The returned function stops it. */
  readonly listen: (element: HTMLElement, heard: HeardKeys) => () => void
  /** Whether what is typed is kept from the page. */
  readonly canType: () => boolean
  readonly suggest: (typed: string) => Promise<readonly Suggestion[]>
}

export interface ActionButtonProps {
  /** The label: shown as text unless children show it in their own way. */
  readonly label: string
  readonly title?: string
  readonly onAct: () => void
  /** Whether it was requested and is not done yet. */
  readonly isPending?: boolean
  readonly isDisabled?: boolean
  readonly class?: string
  readonly children?: ComponentChildren
}

export interface HeardKeys {
  readonly onInput?: () => void
  /** Default prevented, it goes no further. */
  readonly onKeyDown?: (event: KeyboardEvent) => void
}
