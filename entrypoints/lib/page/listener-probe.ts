/**
 * Whether a target still has the listeners that it was given: `document.open()` takes away those of the window, the document
 * and everything in it, closed roots included, without a word.
 */
export interface ListenerProbe {
  isListening(): boolean
  /** Listens again, after it was found not to. */
  renew(): void
}

export function createListenerProbe(target: EventTarget): ListenerProbe {
  // Nobody else knows the name, so that nobody hears it being asked. `randomUUID` is not there on plain http.
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
