/** A page that nobody sees paints nothing. */
const UNSEEN_MS = 100

/** Resolves when what has just been set is on the screen. */
export function untilPainted(): Promise<void> {
  return new Promise((resolve) => {
    const unseen = setTimeout(resolve, UNSEEN_MS)
    // A frame's callbacks come before it is painted, tasks after it.
    requestAnimationFrame(() => {
      clearTimeout(unseen)
      setTimeout(resolve)
    })
  })
}
