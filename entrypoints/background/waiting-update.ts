import { browser } from 'wxt/browser'
import { storage } from 'wxt/utils/storage'
import type { Kept } from './alerts/alerts.ts'

/** The version that waits to be taken over. With the browser, or the version that runs, it is forgotten. */
export const waitingUpdate: Kept<string> = storage.defineItem<string>('session:waitingUpdate', { fallback: '' })

/** Whether the person has a page of the extension before them: it would be closed. */
export async function hasOpenView(): Promise<boolean> {
  const views = await browser.runtime.getContexts({ contextTypes: ['POPUP', 'TAB'] })
  const isSeen = await Promise.all(
    views.map(async ({ contextType, tabId }) => contextType === 'POPUP' || (await browser.tabs.get(tabId)).active),
  )
  return isSeen.includes(true)
}
