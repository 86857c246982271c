import { browser } from 'wxt/browser'
import type { PageOrder } from '../../lib/ports.ts'
import { readGrantedSites } from '../../lib/sites.ts'
import { PAGE_TIMEOUT_MS, within } from '../../lib/within.ts'
import { followRegistration } from './follow-registration.ts'

/** The small script on the pages of granted sites. It is registered at run time, so that the manifest names no site. */
const OVERLAY_ID = 'overlay'
const OVERLAY_FILE = '/overlay.js'

/** Makes the registration follow the grants, whatever it was before. */
export function registerOverlay(): Promise<void> {
  return followRegistration(async () => ({
    id: OVERLAY_ID,
    js: [OVERLAY_FILE],
    matches: [...(await readGrantedSites())],
    runAt: 'document_start',
  }))
}

/**
 * Starts the small script in tabs that were open before the grant; where it runs already, it wakes. Not to be waited for: a
 * tab that shows a dialog answers when that is closed.
 */
export async function startOverlayInOpenTabs(): Promise<void> {
  const matches = await readGrantedSites()
  if (matches.length === 0) return
  const tabs = await browser.tabs.query({ url: [...matches] })
  for (const { id } of tabs) if (id !== undefined) void startIn(id)
}

async function startIn(tabId: number): Promise<void> {
  try {
    await within(PAGE_TIMEOUT_MS, browser.tabs.sendMessage(tabId, { type: 'wake' } satisfies PageOrder))
  } catch {
    // Nobody there yet. An error page or a discarded tab takes no script either; it gets one when it loads.
    const injected = browser.scripting.executeScript({ target: { tabId }, files: [OVERLAY_FILE] })
    await within(PAGE_TIMEOUT_MS, injected).catch(() => undefined)
  }
}
