/**
 * A modal dialog of the page lies above everything that was there before and blocks all other clicks. The card is put
 * on top again, so that it can at least be read.
 */
export interface OnTop {
  /** Whether a dialog of the page keeps clicks from the card. */
  isOutOfReach(): boolean
  /** Starts watching the page while the card is on it; called again when the page has removed all listeners. */
  watch(): void
  rest(): void
}

/** More dialogs than any page opens during a call; a page that insists on being on top gets its way. */
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
    watch: () => {
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
