import { createEar } from '../lib/ear.ts'
import type { KeyGuard } from '../lib/key-guard.ts'

/** Everything by which keys and text reach a page, dragged text among it. */
const GUARDED_EVENTS = [
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
  'dragstart',
  'drag',
  'dragenter',
  'dragover',
  'dragleave',
  'drop',
  'dragend',
]

/**
 * Listens on `window` from now on, before everybody who listens later. Where the page has taken its listeners away it listens
 * again, and `onRenewed` is for what else was listening there.
 */
export function createKeyGuard(onRenewed: () => void): KeyGuard {
  // Before any script of the page there is at most an empty root element. On a page of our own nobody else listens.
  const isEarly =
    location.protocol === 'chrome-extension:' ||
    (document.readyState === 'loading' && (document.documentElement?.childElementCount ?? 0) === 0)
  const ear = createEar(window)
  let protectedHost: Element | undefined
  let hear = (_: Event) => {}
  let wasLost = false

  function guard(event: Event): void {
    if (event.target !== protectedHost) return
    event.stopImmediatePropagation()
    hear(event)
  }

  function listen(): void {
    for (const type of GUARDED_EVENTS) addEventListener(type, guard, { capture: true, passive: false })
  }

  function renew(): void {
    if (ear.isListening()) return
    wasLost = true
    ear.renew()
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
  }
}
