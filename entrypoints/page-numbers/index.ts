import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { NUMBERS_PORT, type NumberCandidate, type NumbersMessage } from '../lib/contract/ports.ts'
import { watchPage } from './watch.ts'

/** Characters of a title that are enough to tell records apart. */
const MAX_TITLE_CHARS = 200

/**
 * Reads which phone numbers a page shows, in every frame of a tab, while there is a call to compare them with. The worker
 * brings it and ends it by closing the port. It reads and never writes: nothing on the page is changed.
 */
export default defineUnlistedScript(() => {
  // Brought a second time, because another frame was new or the worker had been ended: the first one is still here.
  const shared = globalThis as { ringsideNumbers?: boolean }
  if (shared.ringsideNumbers) return
  shared.ringsideNumbers = true

  const end = new AbortController()
  const port = browser.runtime.connect({ name: NUMBERS_PORT })
  function stop(): void {
    shared.ringsideNumbers = false
    end.abort()
  }
  port.onDisconnect.addListener(stop)
  // A page in the back/forward cache loses its port silently. If it comes back, the worker injects this script again.
  addEventListener(
    'pagehide',
    ({ persisted }) => {
      if (!persisted) return
      stop()
      port.disconnect()
    },
    { signal: end.signal },
  )

  let sent = ''
  function tell(candidates: readonly NumberCandidate[]): void {
    const report: NumbersMessage = { type: 'numbers', url: location.href, title: readTitle(), candidates }
    const text = JSON.stringify(report)
    if (text === sent) return
    sent = text
    port.postMessage(report)
  }

  watchPage({
    onCandidates: tell,
    onFrameLoaded: () => port.postMessage({ type: 'frames' } satisfies NumbersMessage),
    signal: end.signal,
  })
})

function readTitle(): string {
  return document.title.trim().slice(0, MAX_TITLE_CHARS)
}

// See it: npm start, then place a call from the phone page; the card says on whose contact page it is.
