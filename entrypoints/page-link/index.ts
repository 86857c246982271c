import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { PAGE_PORT, type PageMessage } from '../lib/contract/ports.ts'
import { findKeyGuard, leaveKeyGuard } from '../lib/page/key-guard.ts'
import { isOrphan } from '../lib/page/orphan.ts'
import { createKeyGuard } from './key-guard.ts'
import { createPagePort } from './page-port.ts'

/**
 * All that a granted page carries until a call comes: a port that says whether the page can be seen, and the guard that keeps
 * the page from what is typed into a card. The worker brings the card when there is one to show.
 */
export default defineUnlistedScript(() => {
  // Brought a second time while the page was loading: the first one is here.
  if (findKeyGuard() !== undefined) return
  // First of all, so that the page's own scripts listen later.
  leaveKeyGuard(createKeyGuard(listen))
  const port = createPagePort({
    open: () => (isOrphan() ? undefined : browser.runtime.connect({ name: PAGE_PORT })),
    onOpened: tellVisibility,
  })

  function tellVisibility(): void {
    if (isOrphan()) return
    port.post({
      type: 'visibility',
      isVisible: document.visibilityState === 'visible',
      hasFocus: document.hasFocus(),
    } satisfies PageMessage)
  }

  /** On a page of the extension itself what views ask of the worker is heard as well. */
  function hear(message: { readonly type?: unknown; readonly run?: unknown }): void {
    if (message.type === 'wake' && typeof message.run === 'string') port.obey({ type: 'wake', run: message.run })
  }

  function listen(): void {
    document.addEventListener('visibilitychange', tellVisibility)
    addEventListener('focus', tellVisibility)
    // A page in the back/forward cache loses its port silently, and comes back without loading.
    addEventListener('pagehide', ({ persisted }) => {
      if (persisted) port.leave()
    })
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) port.comeBack()
    })
  }

  listen()
  browser.runtime.onMessage.addListener(hear)
  port.connect()
})
