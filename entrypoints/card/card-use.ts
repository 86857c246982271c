/**
 * The calls whose cards are in use on this page: those with the keyboard focus, with typed text that is not submitted
 * yet, or with a note that is not saved yet. Elements name their call in `data-call`.
 */
export interface CardUse {
  ids(): ReadonlySet<string>
  /** Called when the person is done with a card: it counts as unused until they return to it. */
  letGo(telephonySessionId: string): void
  /** Follows the keyboard focus while cards are up, and reports changes. */
  watch(signal: AbortSignal): void
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
    // While another window has the focus, no card has it.
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

  /** Between two fields the focus is nowhere for a moment; what counts is where it ends up. */
  const lookSoon = () => queueMicrotask(look)

  return {
    ids,
    look,
    letGo: (id) => {
      released.add(id)
      look()
    },
    watch: (signal) => {
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
