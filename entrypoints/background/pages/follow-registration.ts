import { type Browser, browser } from 'wxt/browser'

/**
 * Has Chrome bring a script into pages of these sites as they load, and of no others; without sites, into none. What is right
 * already is left alone: a page that loads between taking away and bringing back would go without. Chrome forgets registrations
 * at every update and reload of the extension, so whoever wants one asks at each start of the worker.
 */
export async function followRegistration(script: Browser.scripting.RegisteredContentScript): Promise<void> {
  const { id, matches = [] } = script
  const [registered] = await browser.scripting.getRegisteredContentScripts({ ids: [id] })
  if (registered === undefined && matches.length === 0) return
  if (registered === undefined) await browser.scripting.registerContentScripts([script])
  else if (matches.length === 0) await browser.scripting.unregisterContentScripts({ ids: [id] })
  else if (!isSame(registered.matches ?? [], matches)) await browser.scripting.updateContentScripts([script])
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set([...a, ...b]).size === a.length
}
