import type { KeyGuard } from '../lib/page/key-guard.ts'
import { createListenerProbe } from '../lib/page/listener-probe.ts'

/** Every event that carries typed input to a page. */
const TYPED_EVENTS: readonly string[] = [
  'keydown',
  'keypress',
  'keyup',
  'beforeinput',
  'textInput',
  'input',
  'compositionstart',
  'compositionupdate',
  'compositionend',
  'beforecopy',
  'beforecut',
  'beforepaste',
  'copy',
  'cut',
  'paste',
]
/** Text that is dragged reaches it as well. */
const GUARDED_EVENTS: readonly string[] = [
  ...TYPED_EVENTS,
  'dragstart',
  'drag',
  'dragenter',
  'dragover',
  'dragleave',
  'drop',
  'dragend',
]

/**
 * Listens on `window`, ahead of all listeners added later. If the page removes its listeners it listens again, and
 * calls `onRenewed` so that other listeners can be restored.
 */
export function createKeyGuard(onRenewed: () => void): KeyGuard {
  // Before the page's first script there is at most an empty root element. On our own pages nothing else listens.
  const isEarly =
    location.protocol === 'chrome-extension:' ||
    (document.readyState === 'loading' && (document.documentElement?.childElementCount ?? 0) === 0)
  const listenerProbe = createListenerProbe(window)
  let protectedHost: Element | undefined
  let hear = (_: Event) => {}
  let wasLost = false
  /** Keys whose press was kept from the page and that are still down, by code. */
  const pressed = new Set<string>()
  let endHold: (() => void) | undefined

  function guard(event: Event): void {
    if (event.target === protectedHost) {
      if (event.type === 'keydown') pressed.add((event as KeyboardEvent).code)
      if (event.type === 'keyup') pressed.delete((event as KeyboardEvent).code)
      event.stopImmediatePropagation()
      hear(event)
    } else if (event.isTrusted && (isPressedInCard(event) || isHeld(event))) swallow(event)
  }

  /** A key that leaves the card, such as Escape, is released or keeps repeating over the page. */
  function isPressedInCard(event: Event): boolean {
    if (!(event instanceof KeyboardEvent) || !pressed.has(event.code)) return false
    if (event.type === 'keyup' || !event.repeat) pressed.delete(event.code)
    return event.type === 'keyup' || event.repeat
  }

  function isHeld(event: Event): boolean {
    if (endHold === undefined || !TYPED_EVENTS.includes(event.type)) return false
    if (!(event instanceof KeyboardEvent) || event.type !== 'keydown') return true
    if (event.key === 'Tab' || event.key === 'Escape') end()
    if (event.key === 'Tab') return false
    pressed.add(event.code)
    return true
  }

  function end(): void {
    const tell = endHold
    endHold = undefined
    tell?.()
  }

  function press({ isTrusted }: Event): void {
    if (isTrusted) end()
  }

  function blur(): void {
    if (!document.hasFocus()) end()
  }

  function listen(): void {
    for (const type of GUARDED_EVENTS) addEventListener(type, guard, { capture: true, passive: false })
    addEventListener('pointerdown', press, { capture: true })
    addEventListener('blur', blur)
  }

  function renew(): void {
    if (listenerProbe.isListening()) return
    wasLost = true
    listenerProbe.renew()
    listen()
    onRenewed()
  }

  listen()
  return {
    isFirst: () => {
      renew()
      return isEarly && !wasLost
    },
    protect: (host, listener) => {
      renew()
      protectedHost = host
      hear = listener
    },
    hold: (onEnd) => {
      endHold = onEnd
    },
    release: () => {
      endHold = undefined
    },
  }
}

/** Browser shortcuts, such as opening a tab, keep working. */
function swallow(event: Event): void {
  event.stopImmediatePropagation()
  const isBrowsers = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey || event.altKey)
  if (!isBrowsers) event.preventDefault()
}
