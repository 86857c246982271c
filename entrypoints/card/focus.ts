import { SECOND_MS } from '../../shared/time.ts'

/**
 * The keys between the page and the card: the card takes them only when the person asks, and gives them back. When what they
 * typed in goes, or the page goes to another view or shows a dialog under their hands, the rest of what they type is not the page's.
 */
export interface CardFocus {
  /** Looks where the keys are. Again when the page has taken away all listeners. */
  follow(signal: AbortSignal): void
  /** A key or text has come to the card, by a person. */
  hear(event: Event): void
  /** Gives the keys to the first control of the card. */
  take(): void
  /** The person wants them back where they were in the page. */
  giveBack(): void
  /** The page is left: what has the keys is done. */
  rest(): void
  /** Draws, or takes down; keys that were in the card stay in it, or fall into nothing. */
  keep(draw: () => void): void
  /** The page had taken the card away: it is there again, or gone for good. */
  regain(): void
}

const CONTROL = ':is(button, input, textarea, select, a[href]):not(:disabled)'
/** Where the keys rest when the control that had them is gone: nothing happens there, and Escape leads back to the page. */
const RESTING_PLACE = '.cards'
/** So long after a key somebody is typing. */
const TYPING_MS = 2 * SECOND_MS
/** A view that takes the keys again and again gets its way, but nothing of what is being typed. */
const MAX_RETURNS = 3

export interface CardFocusOptions {
  /** Whether a dialog of the page keeps the keys from the card. */
  readonly isOutOfReach: () => boolean
  /** Somebody is typing, and nothing of the card can take it any more. */
  readonly onFallen: () => void
}

export function createCardFocus(root: ShadowRoot, { isOutOfReach, onFallen }: CardFocusOptions): CardFocus {
  let before: HTMLElement | undefined
  let last: HTMLElement | undefined
  /** Whether the card has the keys, as far as the person knows. */
  let hasKeys = false
  let typedMs = Number.NEGATIVE_INFINITY
  /** At which address of the page. */
  let typedAt = location.href
  /** The person has done something by which the keys go elsewhere. */
  let mayLeave = false
  let returns = 0

  function remember(event: Event): void {
    mayLeave = false
    hasKeys = true
    if (event.target instanceof HTMLElement) last = event.target
    const from = (event as FocusEvent).relatedTarget
    if (from instanceof Node && root.contains(from)) return
    before = from instanceof HTMLElement ? from : undefined
  }

  function miss(): void {
    if (mayLeave) hasKeys = false
    else queueMicrotask(lookAgain)
  }

  /** The keys have left the card without a pointer or a key that leads away. */
  function lookAgain(): void {
    // A card that is being drawn, or brought back, sees to it itself; another window is the person's doing.
    if (root.activeElement !== null || !last?.isConnected || !document.hasFocus()) return
    // A script that moves the keys may be a help to the person. A view that comes while they type is none.
    const isTyping = performance.now() - typedMs < TYPING_MS
    if (isTyping && (location.href !== typedAt || isOutOfReach())) regain()
    else hasKeys = false
  }

  function regain(): void {
    if (root.activeElement !== null || !hasKeys) return
    if (last !== undefined && returns++ < MAX_RETURNS) give(last)
    if (root.activeElement === null) fall()
  }

  function fall(): void {
    hasKeys = false
    onFallen()
  }

  /** Without the person's doing: where they came from in the page is still where they want to get back. */
  function give(element: HTMLElement): void {
    const from = before
    element.focus({ preventScroll: true })
    before = from
  }

  function leave(task: () => void): void {
    mayLeave = true
    hasKeys = false
    task()
  }

  function blur(): void {
    if (root.activeElement instanceof HTMLElement) root.activeElement.blur()
  }

  /** A pointer leaves the keys with the page, unless it goes for a field: the person may be typing there. */
  function leaveKeys(event: Event): void {
    const { target } = event
    if (target instanceof Element && !target.closest('input, textarea, select')) event.preventDefault()
  }

  return {
    follow: (signal) => {
      root.addEventListener('focusin', remember, { signal })
      root.addEventListener('focusout', miss, { signal })
      root.addEventListener('mousedown', leaveKeys, { signal })
      const press = ({ isTrusted }: Event) => {
        if (isTrusted) mayLeave = true
      }
      addEventListener('pointerdown', press, { capture: true, signal })
    },
    hear: (event) => {
      mayLeave = event instanceof KeyboardEvent && (event.key === 'Tab' || event.key === 'Escape')
      typedMs = performance.now()
      typedAt = location.href
      returns = 0
    },
    take: () => {
      const first =
        root.querySelector<HTMLElement>(`.card > :not(header) ${CONTROL}`) ??
        root.querySelector<HTMLElement>(`:is(.card, .pill) ${CONTROL}`)
      first?.focus({ preventScroll: true })
    },
    giveBack: () =>
      leave(() => {
        if (before?.isConnected) before.focus({ preventScroll: true })
        else blur()
      }),
    rest: () => leave(blur),
    keep: (draw) => {
      const had = root.activeElement
      draw()
      if (had === null || root.activeElement !== null) return
      // One that was only moved is still there.
      const next = root.contains(had) ? had : root.querySelector(RESTING_PLACE)
      if (next instanceof HTMLElement) give(next)
      if (root.activeElement === null && document.hasFocus()) fall()
    },
    regain,
  }
}
