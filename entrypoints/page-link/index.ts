import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { unreachable } from '../../shared/assert.ts'
import { PAGE_PORT, type PageCommand, type PageMessage } from '../lib/contract/ports.ts'
import { findKeyGuard, leaveKeyGuard } from '../lib/page/key-guard.ts'
import { isOrphan } from '../lib/page/orphan.ts'
import { createKeyGuard } from './key-guard.ts'

/**
 * All that a granted page carries until a call comes: a port that says whether the page can be seen, and the guard that keeps
 * the page from what is typed into a card. The worker brings the card when there is one to show. When the worker is ended the
 * port closes, and coming back wakes it within milliseconds; while nobody is signed in it is left asleep.
 */
export default defineUnlistedScript(() => {
  // Brought a second time while the page was loading: the first one is here.
  if (findKeyGuard() !== undefined) return
  // First of all, so that the page's own scripts listen later.
  leaveKeyGuard(createKeyGuard(listen))
  let port: ReturnType<typeof browser.runtime.connect> | undefined
  let isResting = false

  function tellVisibility(): void {
    if (isOrphan()) return
    port?.postMessage({
      type: 'visibility',
      isVisible: document.visibilityState === 'visible',
      hasFocus: document.hasFocus(),
    } satisfies PageMessage)
  }

  function connect(): void {
    if (port !== undefined || isOrphan()) return
    port = browser.runtime.connect({ name: PAGE_PORT })
    port.onMessage.addListener(obey)
    port.onDisconnect.addListener(() => {
      port = undefined
      if (!isResting) connect()
    })
    tellVisibility()
  }

  function obey(command: PageCommand): void {
    switch (command.type) {
      case 'rest':
        isResting = true
        break
      case 'wake':
        isResting = false
        connect()
        break
      default:
        unreachable(command)
    }
  }

  /** On a page of the extension itself what views ask of the worker is heard as well. */
  function hear(message: { readonly type?: unknown }): void {
    if (message.type === 'wake') obey({ type: 'wake' })
  }

  function listen(): void {
    document.addEventListener('visibilitychange', tellVisibility)
    addEventListener('focus', tellVisibility)
    // A page in the back/forward cache loses its port silently, and comes back without loading.
    addEventListener('pagehide', ({ persisted }) => {
      if (!persisted) return
      port?.disconnect()
      port = undefined
    })
    addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return
      // Somebody may have signed in meanwhile; if not, the worker says so again.
      isResting = false
      port = undefined
      connect()
    })
  }

  listen()
  browser.runtime.onMessage.addListener(hear)
  connect()
})
