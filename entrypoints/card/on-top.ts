/**
 * A modal dialog of the page, and a part of it that fills the screen, lies above everything that was there before and blocks all
 * other clicks. The card is put on top again, so that it can at least be read.
 */
export interface OnTop {
  /** What keeps clicks from the card; `undefined`: nothing. */
  findObstacle(): Obstacle | undefined
  /** Starts watching the page while the card is on it; called again when the page has removed all listeners. */
  watch(): void
  rest(): void
}

export type Obstacle = 'dialog' | 'fullScreen'

/** More than any page opens or fills the screen with during a call; a page that insists on being on top gets its way. */
const MAX_RAISES = 100

/** `onChange`: a dialog was opened or closed, or the screen is filled or no longer. */
export function keepOnTop(element: HTMLElement, onChange: () => void): OnTop {
  let raises = 0
  let watch: AbortController | undefined

  function raise(): void {
    if (!element.matches(':popover-open') || raises++ >= MAX_RAISES) return
    element.hidePopover()
    element.showPopover()
  }

  function hearToggle(event: Event): void {
    if (event.target === element || !element.matches(':popover-open')) return
    if ((event as ToggleEvent).newState === 'open') raise()
    onChange()
  }

  function hearFullscreen(): void {
    if (isBehindFullScreen(element)) raise()
    onChange()
  }

  return {
    findObstacle: () => {
      if (document.querySelector('dialog:modal') !== null) return 'dialog'
      return isBehindFullScreen(element) ? 'fullScreen' : undefined
    },
    watch: () => {
      watch?.abort()
      watch = new AbortController()
      const options = { capture: true, signal: watch.signal }
      document.addEventListener('toggle', hearToggle, options)
      document.addEventListener('fullscreenchange', hearFullscreen, options)
    },
    rest: () => {
      raises = 0
      watch?.abort()
    },
  }
}

/** Whether a part of the page fills the screen that the card is not in. */
function isBehindFullScreen(element: HTMLElement): boolean {
  return document.fullscreenElement?.contains(element) === false
}
