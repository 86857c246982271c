import { readFile } from 'node:fs/promises'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { ExtensionBrowser } from '../../support/browser/extension.ts'
import { openWorkerKiller } from '../cold/worker-killer.ts'
import { inTime } from '../in-time.ts'

/** A page of the extension's origin that watches what the worker writes, and writes the like itself. */
export interface StorePage {
  /** Ends the worker, and sees to it that nothing but this page wakes it. */
  endWorker(): Promise<void>
  /** Wakes the worker. Resolves, when so many more events of the log are in the store, with how long that took, ms. */
  wakeAndWait(events: number): Promise<number>
  /** Writes events into a store of their own, so many a transaction, one after the other. Resolves with how long, ms. */
  writeBare(events: readonly unknown[], atATime: number): Promise<number>
}

const TAKE_IN_TIMEOUT_MS = 120 * SECOND_MS

export async function openStorePage(browser: ExtensionBrowser): Promise<StorePage> {
  const page = await browser.context.newPage()
  await page.goto(`chrome-extension://${EXTENSION_ID}/manifest.json`)
  await page.evaluate(await readFile(new URL('watch-store.js', import.meta.url), 'utf8'))
  const kill = await openWorkerKiller(browser)
  let known = 0
  return {
    endWorker: async () => {
      await kill()
      await page.evaluate('chrome.alarms.clearAll()')
      known = await page.evaluate<number>('storeWatch.position()')
    },
    wakeAndWait: (events) => {
      const failure = `B8 could not be measured: ${events} events were not persisted within ${TAKE_IN_TIMEOUT_MS / SECOND_MS} s.`
      return inTime(page.evaluate<number>(`storeWatch.wakeAndWait(${known + events})`), TAKE_IN_TIMEOUT_MS, failure)
    },
    writeBare: (events, atATime) =>
      page.evaluate<number>(`storeWatch.writeBare(${JSON.stringify(events)}, ${atATime})`),
  }
}
