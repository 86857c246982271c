/**
 * The calls whose cards somebody is using: the keys are in one, or what was typed there is not kept yet. Such a card stays where
 * it is until it is let be. Pages say so themselves, again after the worker was ended, and one that goes uses nothing any more.
 */
export interface CardsInUse {
  /** What is in use on a page from now on, by document. */
  set(documentId: string, telephonySessionIds: readonly string[]): void
  /** Whether a call is in use on any page. */
  has(telephonySessionId: string): boolean
  /** Whether a call is in use on this page. */
  hasOn(documentId: string, telephonySessionId: string): boolean
  isEmpty(): boolean
  /** Resolves once nothing is in use. */
  emptied(): Promise<void>
}

/** `onChange`: with the calls that nobody uses any more. */
export function createCardsInUse(onChange: (released: readonly string[]) => void): CardsInUse {
  const pages = new Map<string, ReadonlySet<string>>()
  let waiting: (() => void)[] = []

  function has(id: string): boolean {
    return [...pages.values()].some((ids) => ids.has(id))
  }

  return {
    has,
    hasOn: (documentId, id) => pages.get(documentId)?.has(id) ?? false,
    isEmpty: () => pages.size === 0,
    set: (documentId, ids) => {
      const before = pages.get(documentId) ?? new Set()
      if (ids.length === before.size && ids.every((id) => before.has(id))) return
      if (ids.length === 0) pages.delete(documentId)
      else pages.set(documentId, new Set(ids))
      onChange([...before].filter((id) => !has(id)))
      if (pages.size > 0) return
      for (const resolve of waiting) resolve()
      waiting = []
    },
    emptied: () => (pages.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  }
}
