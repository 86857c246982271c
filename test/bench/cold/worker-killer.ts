import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import type { ExtensionBrowser } from '../../support/browser/extension.ts'

/** Answers with what ends the browser's worker; resolves when it has stopped. It stays ready, in a tab that nobody sees. */
export async function openWorkerKiller({ context }: ExtensionBrowser): Promise<() => Promise<void>> {
  // Only a page of the extension may ask about its worker; this one wants nothing of it.
  const page = await context.newPage()
  await page.goto(`chrome-extension://${EXTENSION_ID}/manifest.json`)
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  return async () => {
    const hasStopped = new Promise<void>((resolve) => {
      session.once('ServiceWorker.workerVersionUpdated', function look({ versions }) {
        if (versions.some(({ runningStatus }) => runningStatus === 'stopped')) resolve()
        else session.once('ServiceWorker.workerVersionUpdated', look)
      })
    })
    await session.send('ServiceWorker.stopAllWorkers')
    await hasStopped
  }
}
