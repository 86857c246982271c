import { browser } from 'wxt/browser'
import type { TabOpener } from './matches.ts'

export const tabOpener: TabOpener = {
  show: async (tabId) => {
    const tab = await browser.tabs.update(tabId, { active: true })
    if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true })
  },
  open: async (url, besideTabId) => {
    await browser.tabs.create({ url, openerTabId: besideTabId })
  },
}
