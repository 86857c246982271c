/** The keys between the page and the card: the card takes them only when the person asks, and gives them back. */
export interface CardFocus {
  /** Looks where the keys are. Again when the page has taken away all listeners. */
  follow(): void
  /** Gives the keys to the first control of the card. */
  take(): void
  /** Gives them back to where they were in the page. */
  giveBack(): void
}

const CONTROL = ':is(button, input, textarea, select, a[href]):not(:disabled)'

export function createCardFocus(root: ShadowRoot): CardFocus {
  let before: HTMLElement | undefined

  function remember(event: Event): void {
    const from = (event as FocusEvent).relatedTarget
    if (from instanceof Node && root.contains(from)) return
    before = from instanceof HTMLElement ? from : undefined
  }

  /** A pointer leaves the keys with the page, unless it goes for a field: the person may be typing there. */
  function leaveKeys(event: Event): void {
    const { target } = event
    if (target instanceof Element && !target.closest('input, textarea, select')) event.preventDefault()
  }

  return {
    follow: () => {
      root.addEventListener('focusin', remember)
      root.addEventListener('mousedown', leaveKeys)
    },
    take: () => {
      const first =
        root.querySelector<HTMLElement>(`.card > :not(header) ${CONTROL}`) ??
        root.querySelector<HTMLElement>(`:is(.card, .pill) ${CONTROL}`)
      first?.focus({ preventScroll: true })
    },
    giveBack: () => {
      if (before?.isConnected) before.focus({ preventScroll: true })
      else if (root.activeElement instanceof HTMLElement) root.activeElement.blur()
    },
  }
}
