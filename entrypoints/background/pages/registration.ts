import { browser } from 'wxt/browser'
import type { Clock } from '../../../shared/clock.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { PageCommand } from '../../lib/contract/ports.ts'
import { readGrantedSites } from '../../lib/settings/sites.ts'
import { PAGE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { RUN } from './run.ts'
import { updateRegistration } from './update-registration.ts'

/** The small script on the pages of granted sites. It is registered at run time, so that the manifest names no site. */
const PAGE_LINK_ID = 'page-link'
const PAGE_LINK_FILE = '/page-link.js'

/** Makes the registration follow the grants, whatever it was before. */
export function registerPageLink(): Promise<void> {
  return updateRegistration(async () => ({
    id: PAGE_LINK_ID,
    js: [PAGE_LINK_FILE],
    matches: [...(await readGrantedSites())],
    runAt: 'document_start',
  }))
}

/**
 * Starts the small script in tabs that were open before the grant; where it runs already, it wakes. Not to be waited for: a
 * tab that shows a dialog answers when that is closed.
 */
export async function startPageLinkInOpenTabs(): Promise<void> {
  const matches = await readGrantedSites()
  if (matches.length === 0) return
  const tabs = await browser.tabs.query({ url: [...matches] })
  for (const { id } of tabs) if (id !== undefined) void startIn(id)
}

/**
 * An update cuts the scripts in open tabs off at a time of the browser's own: one that hears until then that it should wake is there,
 * and gone a moment later, and the page has none. So all are asked once more when that is over.
 */
const AGAIN_AFTER_UPDATE_MS = [2 * SECOND_MS, 10 * SECOND_MS]

/** The same after an update of the extension. */
export function startPageLinkAgain(after: Clock['after']): void {
  for (const delayMs of AGAIN_AFTER_UPDATE_MS) after(delayMs, () => void startPageLinkInOpenTabs())
}

async function startIn(tabId: number): Promise<void> {
  try {
    await within(PAGE_TIMEOUT_MS, browser.tabs.sendMessage(tabId, { type: 'wake', run: RUN } satisfies PageCommand))
  } catch {
    // Nobody there yet. An error page or a discarded tab takes no script either; it gets one when it loads.
    const injected = browser.scripting.executeScript({ target: { tabId }, files: [PAGE_LINK_FILE] })
    await within(PAGE_TIMEOUT_MS, injected).catch(() => undefined)
  }
}
