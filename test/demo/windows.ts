import type { CDPSession, Page } from 'playwright-core'
import type { ExtensionBrowser } from '../support/browser/extension.ts'
import type { Services } from './services.ts'

/** CSS px of the phone's window; the CRM's has the rest of the screen. */
const PHONE_WIDTH = 480

interface Bounds {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Phone and CRM side by side, so that whoever places a call sees the card come. The CRM is on another customer's page than the one
 * who calls, whose record is open in a tab behind it.
 */
export async function openWindows({ context }: ExtensionBrowser, { crmUrl, platform }: Services): Promise<void> {
  const [phone = await context.newPage()] = context.pages()
  const session = await context.newCDPSession(phone)
  const { width, height } = await phone.evaluate(() => ({ width: screen.availWidth, height: screen.availHeight }))
  const phoneWidth = Math.min(PHONE_WIDTH, Math.floor(width / 3))
  await phone.goto(`${platform.url}/phone`)
  const crmBounds = { left: phoneWidth, top: 0, width: width - phoneWidth, height }
  const record = await openWindow(phone, session, `${crmUrl}/contacts/ada-winter`, crmBounds)
  await place(session, { left: 0, top: 0, width: phoneWidth, height })
  await place(await context.newCDPSession(record), crmBounds)
  const inFront = context.waitForEvent('page')
  // A tab of the same window: a new page goes to whichever the browser likes.
  await record.evaluate((url) => void window.open(url, '_blank', 'noopener'), `${crmUrl}/contacts/grace-okonkwo`)
  const shown = await inFront
  // Over whatever other windows the demo has.
  await phone.bringToFront()
  await shown.bringToFront()
}

/** Out of the way of the other two, until somebody wants it. */
export async function putAside(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { windowId } = await session.send('Browser.getWindowForTarget')
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } })
}

async function openWindow(page: Page, session: CDPSession, url: string, bounds: Bounds): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await session.send('Target.createTarget', { url, newWindow: true, ...bounds })
  const window = await opened
  await window.waitForURL(url)
  return window
}

/** A window that is as large as the screen has to become a plain one first. */
async function place(session: CDPSession, bounds: Bounds): Promise<void> {
  const { windowId } = await session.send('Browser.getWindowForTarget')
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } })
  await session.send('Browser.setWindowBounds', { windowId, bounds })
}
