import type { ComponentChildren, ComponentType } from 'preact'
import type { Suggestion } from '../../lib/contract/ports.ts'

/**
 * What the actions are made of where they are shown: on somebody else's page a button acts only if it was really seen, and keys
 * come through a guard; in the popup they are plain.
 */
export interface ActionParts {
  /** For what has a consequence. */
  readonly Button: ComponentType<ActionButtonProps>
  /** Hears the keys that go to an element or into it, and what is typed. The function returned ends it. */
  readonly listen: (element: HTMLElement, heard: HeardKeys) => () => void
  /** Whether what is typed is kept from the page. */
  readonly canType: () => boolean
  readonly suggest: (typed: string) => Promise<readonly Suggestion[]>
}

export interface ActionButtonProps {
  /** What it does, for everybody: shown unless there are children, which then show it their way. */
  readonly label: string
  readonly title?: string
  readonly onAct: () => void
  /** It was asked for and is not done yet. */
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
