import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { inject } from 'vitest'
import { type BarePage, openBarePage } from '../support/browser/bare-page.ts'
import { type ExtensionBrowser, type ExtensionBrowserOptions, launchExtension } from '../support/browser/extension.ts'

/**
 * The browsers of a worker of the test runner, and so of one test file after another. Each test borrows one as it was right after
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
  /** Whether somebody has had it since it was wiped. */
  isUsed: boolean
}

/** Most tests take turns between the usual kind and one of another language or with other grants. */
const MAX_KEPT = 2

/** The one that was lent last comes last. */
let kept: readonly Kept[] = []

/**
 * Where what the browsers need is taken away. Otherwise they end with the worker, which is not asked: Chromium ends by itself once
 * nobody holds the other end of its pipe.
 */
export async function closeLentBrowsers(): Promise<void> {
  for (const one of kept) await forget(one)
}

/** Longer than wiping takes beside anything; a browser that hangs is given up. */
const MAX_WIPE_MS = 30_000

/** Release it with `browser.close()`, which closes the pages at the latest when it or another is lent again. */
export async function borrowBrowser(options: ExtensionBrowserOptions): Promise<Lent> {
  const key = JSON.stringify(options)
  // Also one that is not wanted now: what is signed in there would look for its relay.
  for (const one of kept) if (!one.isLent && one.isUsed && !(await isWiped(one))) await forget(one)
  // Two at once are two browsers, and the second ends with its test.
  if (kept.some(({ isLent }) => isLent)) return launch(options)
  const found = kept.find((one) => one.key === key)
  const [oldest] = kept
  if (found === undefined && oldest !== undefined && kept.length === MAX_KEPT) await forget(oldest)
  const lent: Kept = found ?? { key, isLent: false, isUsed: false, ...(await launch(options)) }
  kept = [...kept.filter((one) => one !== lent), lent]
  lent.isLent = true
  lent.isUsed = true
  const giveBack = async () => {
    lent.isLent = false
  }
  return { bare: lent.bare, browser: { ...lent.browser, close: giveBack } }
}

async function forget(one: Kept): Promise<void> {
  kept = kept.filter((other) => other !== one)
  await one.browser.close()
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

async function isWiped(one: Kept): Promise<boolean> {
  const wiped = one.bare.wipe().then(
    () => true,
    () => false,
  )
  one.isUsed = !(await Promise.race([wiped, after(MAX_WIPE_MS, false, { ref: false })]))
  return !one.isUsed
}
