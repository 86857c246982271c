import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { DIAL_PORT, type DialCommand, type DialMessage } from '../lib/contract/ports.ts'
import { isOrphan } from '../lib/page/orphan.ts'

/**
 * Links to numbers on a granted page, while the person has calling switched on: a real click hands the number to the
 * worker, which asks on the card before it calls. Nothing on the page is changed, and synthetic clicks are left to the
 * page.
 */
export default defineUnlistedScript(() => {
  // In a tab that was already open it may be injected twice.
  const { ringsideDialLinks } = globalThis as { ringsideDialLinks?: true }
  if (ringsideDialLinks) return
  Object.assign(globalThis, { ringsideDialLinks: true })

  addEventListener(
    'click',
    (event) => {
      if (!isPlainClick(event) || isOrphan()) return
      const address = findNumberLink(event)
      if (address === undefined) return
      event.preventDefault()
      offer(address)
    },
    { capture: true },
  )
})

function offer(address: string): void {
  const port = browser.runtime.connect({ name: DIAL_PORT })
  port.onMessage.addListener(({ type }: DialCommand) => {
    port.disconnect()
    if (type === 'leave') followLink(address)
  })
  port.onDisconnect.addListener(() => followLink(address))
  port.postMessage({ address } satisfies DialMessage)
}

/** What the browser would have done: open the program registered for such links. */
function followLink(address: string): void {
  location.assign(address)
}

function isPlainClick({ isTrusted, button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return isTrusted && button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey
}

/** The link that was clicked, also inside open shadow roots, if it leads to a number. */
function findNumberLink(event: Event): string | undefined {
  for (const element of event.composedPath()) {
    if (element instanceof HTMLAnchorElement || element instanceof HTMLAreaElement) {
      return /^(?:tel|callto):$/.test(element.protocol) ? element.href : undefined
    }
  }
  return undefined
}

// See it: npm start, switch calling on in the settings, and click a phone number in the sample CRM.
