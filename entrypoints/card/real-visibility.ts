/**
 * Whether a person can really have seen an element. A page may cover the card or make it transparent and still pass
 * clicks through; only the browser's own report of real visibility cannot be forged by a page.
 */
export interface RealVisibility {
  /** Visible at `atMs` and for long enough before, by `performance.now()`. */
  wasSeen(atMs: number): boolean
  /** Whether the browser has reported it as covered. A new element is neither hidden nor seen yet. */
  isHidden(): boolean
  stop(): void
}

/** Long enough to notice what is under the pointer. */
export const SEEN_MS = 500
/** The shortest that the browser allows between two reports of real visibility. */
const REPORT_MS = 100
/** Nearly the whole of it; all of it fails on fractions of a pixel. */
const WHOLE = 0.95

/** Options and entries as the second version of the observer has them, which the DOM's types do not know yet. */
interface VisibilityOptions extends IntersectionObserverInit {
  readonly trackVisibility: true
  readonly delay: number
}
type VisibilityEntry = IntersectionObserverEntry & { readonly isVisible: boolean }

/** `onReady`: it has been visible for long enough by now, or is not any more. */
export function watchVisibility(element: Element, onReady: (isReady: boolean) => void): RealVisibility {
  let visibleSinceMs: number | undefined
  let isHidden = false
  let ready: ReturnType<typeof setTimeout> | undefined

  function follow(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const { isVisible, intersectionRatio, time } = entry as VisibilityEntry
      isHidden = !isVisible || intersectionRatio < WHOLE
      if (isHidden) hide()
      else if (visibleSinceMs === undefined) {
        visibleSinceMs = time
        ready = setTimeout(onReady, Math.max(0, SEEN_MS - (performance.now() - time)), true)
      }
    }
  }

  function hide(): void {
    clearTimeout(ready)
    visibleSinceMs = undefined
    onReady(false)
  }

  const options: VisibilityOptions = { trackVisibility: true, delay: REPORT_MS, threshold: [0, WHOLE] }
  const observer = new IntersectionObserver(follow, options)
  observer.observe(element)
  return {
    wasSeen: (atMs) => {
      follow(observer.takeRecords())
      return visibleSinceMs !== undefined && atMs - visibleSinceMs >= SEEN_MS
    },
    isHidden: () => isHidden,
    stop: () => {
      clearTimeout(ready)
      observer.disconnect()
    },
  }
}
