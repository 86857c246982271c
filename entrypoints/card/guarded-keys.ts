import { findKeyGuard } from '../lib/page/key-guard.ts'

/**
 * Keys and text for the elements of the card. The key guard on the page stops these events before they get here, and hands
 * them over; this brings them to the element that has the focus, and then to those around it until one prevents the default.
 */
export interface KeyListeners {
  /** After the value has changed. */
  readonly onInput?: () => void
  /** Default prevented, it goes no further. */
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

const listeners = new WeakMap<Node, KeyListeners>()

/**
 * Listens at a field, or at any element for the keys of what is inside it. The function returned ends it. To be called before the paint
 * (`useLayoutEffect`): whoever sees the field can type at once.
 */
export function listenToField(field: Element, heard: KeyListeners): () => void {
  listeners.set(field, heard)
  return () => {
    if (listeners.get(field) === heard) listeners.delete(field)
  }
}

/**
 * Whether what is typed into the card is kept from the page. Where it is not, a field would let the page read along, and the
 * page has to be loaded again first. Pages of our own need no guard.
 */
export function isGuarded(): boolean {
  return isOwnPage() || (findKeyGuard()?.isFirst() ?? false)
}

/**
 * Gives the keys that are aimed at the card's host to the elements in its root, and tells of what a person types. Again whenever
 * the host is new.
 */
export function guardKeys(host: Element, root: ShadowRoot, onTyped: (event: Event) => void): void {
  const hear = (event: Event) => {
    if (!event.isTrusted) return
    if (TYPED.has(event.type)) onTyped(event)
    bring(event, root.activeElement)
  }
  const guard = findKeyGuard()
  if (guard !== undefined) guard.protect(host, hear)
  else for (const type of TYPED) root.addEventListener(type, hear)
}

const TYPED: ReadonlySet<string> = new Set(['keydown', 'input', 'compositionupdate'])

function bring(event: Event, focused: Node | null): void {
  // Whoever keeps the key down means one click: what is in its place by then may be the opposite.
  if (event instanceof KeyboardEvent && event.repeat && event.key === 'Enter' && focused instanceof HTMLButtonElement) {
    event.preventDefault()
  }
  for (let node = focused; node !== null && !event.defaultPrevented; node = node.parentNode) {
    const heard = listeners.get(node)
    if (event instanceof KeyboardEvent && event.type === 'keydown') heard?.onKeyDown?.(event)
    else if (event.type === 'input') heard?.onInput?.()
  }
}

function isOwnPage(): boolean {
  return location.protocol === 'chrome-extension:'
}
