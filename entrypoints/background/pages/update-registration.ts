import { type Browser, browser } from 'wxt/browser'
import { createQueue } from '../../../shared/queue.ts'

type Script = Browser.scripting.RegisteredContentScript

/** One change after the other: Chrome refuses an id that is registered twice, and one that is gone. */
const changes = createQueue()

/**
 * Has Chrome bring a script into pages of some sites as they load, and of no others; without sites, into none. What is right
 * already is left alone: a page that loads between taking away and bringing back would go without. `describe` is asked when it
 * is its turn, so that the last grants count.
 */
export function updateRegistration(describe: () => Promise<Script>): Promise<void> {
  return changes.run(async () => update(await describe()))
}

/** Forgets all scripts. An update of the extension does the same, at a time of its own: then they are registered again for certain. */
export function forgetRegistrations(): Promise<void> {
  return changes.run(() => browser.scripting.unregisterContentScripts())
}

async function update(script: Script): Promise<void> {
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
