/**
 * Which calls' cards are in use on this page: those that have the keys, those in which something typed waits to be used, and
 * those whose note is not kept yet. Elements say by `data-call` which call they are of.
 */
export interface CardUse {
  ids(): ReadonlySet<string>
  /** The person is done with a card, here: it is not in use until they go back to it. */
  letGo(telephonySessionId: string): void
  /** Looks at the keys while the cards are up, and tells of changes. */
  follow(signal: AbortSignal): void
  /** Looks now. */
  look(): void
}

export interface CardUseOptions {
  readonly root: ShadowRoot
  /** Calls with a note that is not kept yet. */
  readonly unsaved: () => readonly string[]
  readonly onChange: (ids: ReadonlySet<string>) => void
}

export function createCardUse({ root, unsaved, onChange }: CardUseOptions): CardUse {
  const released = new Set<string>()
  let known: ReadonlySet<string> = new Set()

  function ids(): ReadonlySet<string> {
    // Keys that go to another window are in no card.
    const focused = document.hasFocus() ? root.activeElement : null
    const typedIn = [...root.querySelectorAll('input')].filter(({ value }) => value.trim() !== '')
    const used = [focused, ...typedIn].flatMap((element) => callOf(element) ?? [])
    return new Set([...used, ...unsaved()].filter((id) => !released.has(id)))
  }

  function look(): void {
    const now = ids()
    if (now.size === known.size && [...now].every((id) => known.has(id))) return
    known = now
    onChange(now)
  }

  /** Between leaving one field and entering the next the keys are nowhere: what counts is where they are then. */
  const lookSoon = () => queueMicrotask(look)

  return {
    ids,
    look,
    letGo: (id) => {
      released.add(id)
      look()
    },
    follow: (signal) => {
      const options = { signal }
      root.addEventListener(
        'focusin',
        ({ target }) => {
          const id = callOf(target)
          if (id !== undefined) released.delete(id)
          lookSoon()
        },
        options,
      )
      root.addEventListener('focusout', lookSoon, options)
      for (const type of ['focus', 'blur']) addEventListener(type, lookSoon, options)
    },
  }
}

/** The call whose card an element is in. */
export function callOf(element: EventTarget | null): string | undefined {
  const card = element instanceof Element ? element.closest<HTMLElement>('[data-call]') : null
  return card?.dataset.call
}
