/**
 * Whether a target still has its listeners: `document.open()` silently removes those of the window, the document and
 * everything in it, closed roots included.
 */
export interface ListenerProbe {
  isListening(): boolean
  /** Listens again, after it was found not to. */
  renew(): void
}

export function createListenerProbe(target: EventTarget): ListenerProbe {
  // A random event name, so that no one else can listen for it. `randomUUID` is missing on plain http.
  const name = `${Math.random()}`
  let hasHeard = false

  function renew(): void {
    target.addEventListener(name, () => {
      hasHeard = true
    })
  }

  renew()
  return {
    isListening: () => {
      hasHeard = false
      target.dispatchEvent(new Event(name))
      return hasHeard
    },
    renew,
  }
}
