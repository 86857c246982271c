import { browser } from 'wxt/browser'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { PAGE_PORT, type PageMessage, type PageOrder } from '../lib/ports.ts'

/**
 * All that a granted page carries until a call comes: a port that says whether the page can be seen. The worker brings the
 * card when there is one to show. When the worker is ended the port closes, and coming back wakes it within milliseconds;
 * while nobody is signed in it is left asleep.
 */
export default defineContentScript({
  registration: 'runtime',
  main(ctx) {
    let port: ReturnType<typeof browser.runtime.connect> | undefined
    let isResting = false

    function tellVisibility(): void {
      port?.postMessage({
        type: 'visibility',
        isVisible: document.visibilityState === 'visible',
        hasFocus: document.hasFocus(),
      } satisfies PageMessage)
    }

    function connect(): void {
      // After an update of the extension this script is an orphan; the new one has been started beside it.
      if (port !== undefined || ctx.isInvalid) return
      port = browser.runtime.connect({ name: PAGE_PORT })
      port.onMessage.addListener(obey)
      port.onDisconnect.addListener(() => {
        port = undefined
        if (!isResting) connect()
      })
      tellVisibility()
    }

    function obey(order: PageOrder): void {
      isResting = order.type === 'rest'
      if (!isResting) connect()
    }

    ctx.addEventListener(document, 'visibilitychange', tellVisibility)
    ctx.addEventListener(window, 'focus', tellVisibility)
    // A page that was put aside by "back" lost its port, and comes to life again without loading.
    ctx.addEventListener(window, 'pageshow', ({ persisted }) => {
      if (persisted && !isResting) connect()
    })
    browser.runtime.onMessage.addListener(obey)
    ctx.onInvalidated(() => {
      browser.runtime.onMessage.removeListener(obey)
      port?.disconnect()
    })
    connect()
  },
})
