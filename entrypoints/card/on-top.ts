/**
 * A dialog that the page opens lies above everything that was there before, and nothing else takes a click while it is open. The
 * card goes on top of it again, to be read at least.
 */
export interface OnTop {
  /** Whether a dialog of the page keeps clicks from the card. */
  isOutOfReach(): boolean
  /** Looks at the page while the card is on it. Again when the page has taken away all listeners. */
  follow(): void
  rest(): void
}

/** More dialogs than any page opens during a call; one that wants to be on top at any price gets its way. */
const MAX_RAISES = 100

/** `onChange`: a dialog was opened or closed. */
export function keepOnTop(element: HTMLElement, onChange: () => void): OnTop {
  let raises = 0
  let watch: AbortController | undefined

  function hear(event: Event): void {
    if (event.target === element || !element.matches(':popover-open')) return
    if ((event as ToggleEvent).newState === 'open' && raises++ < MAX_RAISES) {
      element.hidePopover()
      element.showPopover()
    }
    onChange()
  }

  return {
    isOutOfReach: () => document.querySelector('dialog:modal') !== null,
    follow: () => {
      watch?.abort()
      watch = new AbortController()
      document.addEventListener('toggle', hear, { capture: true, signal: watch.signal })
    },
    rest: () => {
      raises = 0
      watch?.abort()
    },
  }
}
