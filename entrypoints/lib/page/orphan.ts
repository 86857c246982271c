import { browser } from 'wxt/browser'
import { SECOND_MS } from '../../../shared/time.ts'

/**
 * After an update of the extension, or once it is gone, its scripts live on in the pages that were open, cut off from it.
 * Chrome tells them nothing of it, and their ports stay silent.
 */
export function isOrphan(): boolean {
  return browser.runtime?.id === undefined
}

/** Tells once, within a second, when this script has become an orphan. The function returned ends it. */
export function watchForOrphan(onOrphan: () => void): () => void {
  const timer = setInterval(() => {
    if (!isOrphan()) return
    clearInterval(timer)
    onOrphan()
  }, SECOND_MS)
  return () => clearInterval(timer)
}
