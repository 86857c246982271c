import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { inject } from 'vitest'
import { type BarePage, openBarePage } from '../support/browser/bare-page.ts'
import { type ExtensionBrowser, type ExtensionBrowserOptions, launchExtension } from '../support/browser/extension.ts'

/**
 * The browser of a worker of the test runner, and so of one test file after another. Each test borrows it as it was right after
 * the install of the extension, whatever the one before left behind; where that cannot be had by wiping, by a browser that is
 * new.
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

/**
 * Where what the browser needs is taken away. Otherwise it ends with the worker, which is not asked: Chromium ends by itself once
 * nobody holds the other end of its pipe.
 */
export async function closeLentBrowser(): Promise<void> {
  await kept?.browser.close()
  kept = undefined
}

/** Longer than wiping takes beside anything; a browser that hangs is given up. */
const MAX_WIPE_MS = 30_000

/** Release it with `browser.close()`, which closes the pages at the latest when it is lent again. */
export async function borrowBrowser(options: ExtensionBrowserOptions): Promise<Lent> {
  const key = JSON.stringify(options)
  if (kept?.isLent === false && (kept.key !== key || !(await isWiped(kept)))) await closeLentBrowser()
  // Two at once are two browsers, and the second ends with its test.
  if (kept?.isLent) return launch(options)
  kept ??= { key, isLent: false, ...(await launch(options)) }
  const lent = kept
  lent.isLent = true
  const giveBack = async () => {
    lent.isLent = false
  }
  return { bare: lent.bare, browser: { ...lent.browser, close: giveBack } }
}

/** Its profile is where all are that are forgotten at the end of the run. */
async function launch(options: ExtensionBrowserOptions): Promise<Lent> {
  const folder = await mkdtemp(join(inject('profiles'), 'lent-'))
  const browser = await launchExtension({ ...options, profile: { folder, isUsed: false } })
  const close = async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { browser: { ...browser, close }, bare: await openBarePage(browser.context, inject('ownCode')) }
}

async function isWiped({ bare }: Kept): Promise<boolean> {
  const wiped = bare.wipe().then(
    () => true,
    () => false,
  )
  return Promise.race([wiped, after(MAX_WIPE_MS, false, { ref: false })])
}
