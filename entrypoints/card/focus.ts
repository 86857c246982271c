import { SECOND_MS } from '../../shared/time.ts'

/**
 * Keyboard focus between the page and the card: the card takes it only when the person asks, and returns it. When the
 * field they were typing in disappears, or the page changes its view or opens a dialog meanwhile, the page does not get
 * the rest of what they type.
 */
export interface CardFocus {
  /** Starts following the focus; called again when the page has removed all listeners. */
  watch(signal: AbortSignal): void
  /** Called for each real key or text input in the card. */
  hear(event: Event): void
  /** Focuses the first control of the card. */
  take(): void
  /** Returns the focus to where it was in the page, because the person asked for it. */
  giveBack(): void
  /** Called when the page is left: the focused control is finished with. */
  rest(): void
  /** Runs a draw or removal; focus that was in the card stays there or goes nowhere, never to the page. */
  keep(draw: () => void): void
  /** Called when the page had removed the card and it is back, or gone for good. */
  regain(): void
}

const CONTROL = ':is(button, input, textarea, select, a[href]):not(:disabled)'
/** What the card is most likely wanted for: to answer a call, or else the first that is no matter of the card itself. */
const FIRST_CONTROLS = [
  `.actions .primary:is(button)`,
  `.card > :not(header) ${CONTROL}`,
  `:is(.card, .pill) ${CONTROL}`,
] as const
/** The row of a call's actions, in which one button takes the place of another. */
const ROW = '.actions > .row'
/**
 * Where the focus rests when the control that had it is gone: keys do nothing there, and Escape returns to the page.
 */
const RESTING_PLACE = '.cards'
/** How long after a key press somebody counts as typing. */
const TYPING_MS = 2 * SECOND_MS
/** A page that keeps taking the focus gets it after this many times, but nothing that is being typed. */
const MAX_RETURNS = 3

export interface CardFocusOptions {
  /** Whether something of the page keeps the keys from the card. */
  readonly isOutOfReach: () => boolean
  /** Called when somebody is typing and the card has no control left to take it. */
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
  /** Whether the person did something that moves the focus elsewhere. */
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

  /** The focus has left the card without a pointer or key press that would explain it. */
  function lookAgain(): void {
    // While the card is drawn or brought back, that code handles the focus; another window was the person's choice.
    if (root.activeElement !== null || !last?.isConnected || !document.hasFocus()) return
    // A script that moves the focus may be helping the person, but not while they are typing.
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

  /** The person did nothing: they still want to return to where they came from in the page. */
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

  /** A pointer press leaves the focus with the page, where the person may be typing, unless it is on a field. */
  function leaveKeys(event: Event): void {
    const { target } = event
    if (target instanceof Element && !target.closest('input, textarea, select')) event.preventDefault()
  }

  return {
    watch: (signal) => {
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
      const first = FIRST_CONTROLS.flatMap((control) => root.querySelector<HTMLElement>(control) ?? []).at(0)
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
      const place = placeInRow(had)
      draw()
      if (had === null || root.activeElement !== null) return
      // One that was only moved is still there; where one button has taken the place of another, the keys stay in the place.
      const next = root.contains(had) ? had : (place?.() ?? root.querySelector(RESTING_PLACE))
      if (next instanceof HTMLElement) give(next)
      if (root.activeElement === null && document.hasFocus()) fall()
    },
    regain,
  }
}

/** The button that is in the place of this one by then, or else the first of the row; `undefined` for what is in no such row. */
function placeInRow(button: Element | null): (() => Element | undefined) | undefined {
  const row = button?.closest(ROW)
  if (!row || !button) return undefined
  const index = [...row.children].indexOf(button)
  return () => [row.children[index], ...row.children].find((one) => one instanceof HTMLButtonElement)
}
