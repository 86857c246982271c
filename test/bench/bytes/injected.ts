import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { SECOND_MS } from '../../../shared/time.ts'

/** Scripts may come once the page is idle; by then it has been for long. */
const SETTLED_MS = 3 * SECOND_MS

/** The extension's files that Chrome runs in a page while there is no call, each once. */
export async function listInjected(page: Page, url: string): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const prefix = `chrome-extension://${EXTENSION_ID}/`
  const files = new Set<string>()
  session.on('Debugger.scriptParsed', ({ url: script }) => {
    if (script.startsWith(prefix)) files.add(script.slice(prefix.length))
  })
  await session.send('Debugger.enable')
  await page.goto(url)
  await delay(SETTLED_MS)
  await page.close()
  if (files.size === 0) throw new Error('B9 could not be measured: nothing of the extension runs on the sample CRM.')
  return [...files]
}
