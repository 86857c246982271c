import { browser } from 'wxt/browser'
import type { PageOrder } from '../../lib/ports.ts'
import { readGrantedSites } from '../../lib/sites.ts'

/**
 * The small script on the pages of granted sites. It is registered at run time, so that the manifest names no site; Chrome
 * forgets registrations at every update and reload, so they are made afresh at each start of the worker.
 */
const OVERLAY_ID = 'overlay'
const OVERLAY_FILE = '/overlay.js'

/** Makes the registration follow the grants, whatever it was before. */
export async function registerOverlay(): Promise<void> {
  const [matches, registered] = await Promise.all([
    readGrantedSites(),
    browser.scripting.getRegisteredContentScripts({ ids: [OVERLAY_ID] }),
  ])
  if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [OVERLAY_ID] })
  if (matches.length === 0) return
  await browser.scripting.registerContentScripts([
    { id: OVERLAY_ID, js: [OVERLAY_FILE], matches: [...matches], runAt: 'document_start' },
  ])
}

/** Starts the small script in tabs that were open before the grant; where it runs already, it wakes. */
export async function startOverlayInOpenTabs(): Promise<void> {
  const matches = await readGrantedSites()
  if (matches.length === 0) return
  const tabs = await browser.tabs.query({ url: [...matches] })
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : startIn(id))))
}

async function startIn(tabId: number): Promise<void> {
  try {
    await browser.tabs.sendMessage(tabId, { type: 'wake' } satisfies PageOrder)
  } catch {
    // Nobody there yet. An error page or a discarded tab takes no script either; it gets one when it loads.
    await browser.scripting.executeScript({ target: { tabId }, files: [OVERLAY_FILE] }).catch(() => undefined)
  }
}
