import { browser } from 'wxt/browser'
import { readGrantedSites } from '../../lib/settings/sites.ts'
import { updateRegistration } from './update-registration.ts'

/**
 * The script for links to numbers, in every frame of granted sites, and only while the person has calling switched on. In tabs
 * that were open when it was switched off it stays, asks at a click, and leaves the link to the browser.
 */
const DIAL_LINKS_ID = 'dial-links'
const DIAL_LINKS_FILE = '/dial-links.js'

/** Makes the registration follow the grants, or takes it away. */
export async function registerDialLinks(isWanted: boolean): Promise<void> {
  let matches: string[] = []
  await updateRegistration(async () => {
    matches = isWanted ? [...(await readGrantedSites())] : []
    return { id: DIAL_LINKS_ID, js: [DIAL_LINKS_FILE], matches, allFrames: true, runAt: 'document_start' }
  })
  if (matches.length > 0) await startInOpenTabs(matches)
}

async function startInOpenTabs(matches: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...matches] })
  for (const { id } of tabs) {
    if (id === undefined) continue
    const target = { tabId: id, allFrames: true }
    // An error page or a discarded tab takes no script; it gets one when it loads. One with a dialog takes it after that.
    browser.scripting.executeScript({ target, files: [DIAL_LINKS_FILE] }).catch(() => undefined)
  }
}
