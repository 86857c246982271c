import { type ReadonlySignal, signal } from '@preact/signals'

/** The figure of a person whose calls of today are listed; `calls`: all of them. */
export type PersonFigure = 'calls' | 'answered' | 'missed' | 'talk' | 'hold'
export type QueueFigure = 'offered' | 'answered' | 'abandoned' | 'redirected' | 'inTime'
/** A number of the wall. */
export type OverviewFigure = 'waiting' | 'longest' | 'level' | 'abandoned' | 'talking' | 'available'

/** What is opened beside the board. */
export type PaneView =
  | { readonly kind: 'person'; readonly extensionId: string; readonly figure: PersonFigure }
  | { readonly kind: 'queue'; readonly queueId: string; readonly figure: QueueFigure }
  | { readonly kind: 'overview'; readonly figure: OverviewFigure }
  | { readonly kind: 'call'; readonly call: OpenedCall }
  /** By its name, which no other rule has. */
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'settings' }

/** A call to be taken apart. */
export interface OpenedCall {
  readonly title: string
  /** The sessions that it went on in, its own first. */
  readonly sessions: readonly string[]
  /** The extension whose figures are shown; `undefined`: the caller's wait, where nobody of the account had the call. */
  readonly extensionId: string | undefined
}

/** What is opened, and the way back. */
export interface PaneModel {
  readonly view: ReadonlySignal<PaneView | undefined>
  readonly canGoBack: ReadonlySignal<boolean>
  open(view: PaneView): void
  /** Opens something from inside the pane; `back` returns to what was open before. */
  openFrom(view: PaneView): void
  back(): void
  close(): void
}

export function createPaneModel(): PaneModel {
  const view = signal<PaneView>()
  const canGoBack = signal(false)
  let before: PaneView[] = []
  const set = (next: PaneView | undefined) => {
    view.value = next
    canGoBack.value = before.length > 0
  }
  return {
    view,
    canGoBack,
    open: (next) => {
      before = []
      set(next)
    },
    openFrom: (next) => {
      if (view.value !== undefined) before.push(view.value)
      set(next)
    },
    back: () => set(before.pop()),
    close: () => {
      before = []
      set(undefined)
    },
  }
}
