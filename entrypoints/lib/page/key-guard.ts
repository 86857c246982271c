/**
 * The key guard on a CRM page, as the card finds it. The small script that comes before the page's own leaves it in the globals
 * of the extension's isolated world, which both scripts share and the page cannot reach.
 *
 * The guard stops every event that carries keys or text and is aimed at the card, at `window` and in the capture phase, before
 * anybody on the page hears of it. The card would not hear of it either, so it is handed over here.
 */
export interface KeyGuard {
  /**
   * Whether the guard hears before every listener of the page. It does not in a tab that was open before the site was granted,
   * nor once the page has rewritten itself with `document.open()`, which removes all listeners.
   */
  isFirst(): boolean
  /** What is aimed at `host` from now on is the card's. */
  protect(host: Element, hear: (event: Event) => void): void
  /**
   * Swallows all typing, because the field it was meant for has gone; until the person presses a pointer, Tab or
   * Escape, or changes the window. `onEnd` is called then.
   */
  hold(onEnd: () => void): void
  /** Ends it: the card has the keys again. */
  release(): void
}

const world = globalThis as { ringsideKeyGuard?: KeyGuard }

export function leaveKeyGuard(guard: KeyGuard): void {
  world.ringsideKeyGuard = guard
}

/** `undefined` on our own pages, which need no guard. */
export function findKeyGuard(): KeyGuard | undefined {
  return world.ringsideKeyGuard
}
