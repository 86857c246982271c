import { setTimeout as after } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { type BarePage, openBarePage } from '../support/browser/bare-page.ts'
import { type ExtensionBrowser, type ExtensionBrowserOptions, launchExtension } from '../support/browser/extension.ts'

/**
 * The browser of a test file. Each test borrows it as it was right after the install of the extension, whatever the one before
 * left behind; where that cannot be had by wiping, by a browser that is new.
 */
export interface Lent {
  readonly browser: ExtensionBrowser
  readonly bare: BarePage
}

interface Kept extends Lent {
  /** What it was started with. */
  readonly key: string
  isLent: boolean
}

let kept: Kept | undefined

/** At the end of a file at the latest; before it, where what the browser needs is taken away. */
export async function closeLentBrowser(): Promise<void> {
  await kept?.browser.close()
  kept = undefined
}

afterAll(closeLentBrowser)

/** Longer than wiping takes beside anything; a browser that hangs is given up. */
const MAX_WIPE_MS = 30_000

/** Release it with `browser.close()`, which closes the pages at the latest when it is lent again. */
export async function borrowBrowser(options: ExtensionBrowserOptions, ownCode: string): Promise<Lent> {
  const key = JSON.stringify(options)
  if (kept?.isLent === false && (kept.key !== key || !(await isWiped(kept)))) {
    await kept.browser.close()
    kept = undefined
  }
  // Two at once are two browsers, and the second ends with its test.
  const isSecond = kept?.isLent === true
  if (kept === undefined || isSecond) {
    const browser = await launchExtension(options)
    const bare = await openBarePage(browser.context, ownCode)
    if (isSecond) return { browser, bare }
    kept = { key, browser, bare, isLent: false }
  }
  const lent = kept
  lent.isLent = true
  const giveBack = async () => {
    lent.isLent = false
  }
  return { bare: lent.bare, browser: { ...lent.browser, close: giveBack } }
}

async function isWiped({ bare }: Kept): Promise<boolean> {
  const wiped = bare.wipe().then(
    () => true,
    () => false,
  )
  return Promise.race([wiped, after(MAX_WIPE_MS, false, { ref: false })])
}
