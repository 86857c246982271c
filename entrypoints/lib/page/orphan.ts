import { browser } from 'wxt/browser'
import { SECOND_MS } from '../../../shared/time.ts'

/**
 * After an update or removal of the extension, its scripts live on in open pages, cut off from it. Chrome does not tell
 * them, and their ports stay silent.
 */
export function isOrphan(): boolean {
  return browser.runtime?.id === undefined
}

/** Calls back once, within a second, when this script has become an orphan. The returned function stops it. */
export function watchForOrphan(onOrphan: () => void): () => void {
  const timer = setInterval(() => {
    if (!isOrphan()) return
    clearInterval(timer)
    onOrphan()
  }, SECOND_MS)
  return () => clearInterval(timer)
}
