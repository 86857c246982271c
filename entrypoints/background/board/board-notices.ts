import { browser } from 'wxt/browser'
import { BOARD_ALERT_SWITCHES, readBoardNoticeId } from '../../lib/contract/board-notices.ts'
import { boardSettings } from '../../lib/settings/settings.ts'

/**
 * A click on a notification that a board has shown leads to a board, its button switches alerts of that kind off. False: it is a
 * notification of another sort.
 */
export function hearBoardNotice(id: string, on: 'itself' | 'button'): boolean {
  const kind = readBoardNoticeId(id)
  if (kind === undefined) return false
  void browser.notifications.clear(id)
  if (on === 'itself') void showBoard()
  else void switchOff(BOARD_ALERT_SWITCHES[kind])
  return true
}

async function switchOff(name: (typeof BOARD_ALERT_SWITCHES)[keyof typeof BOARD_ALERT_SWITCHES]): Promise<void> {
  await boardSettings.setValue({ ...(await boardSettings.getValue()), [name]: false })
}

/** The one that is open, or a new one. */
async function showBoard(): Promise<void> {
  const url = browser.runtime.getURL('/board.html')
  const [open] = await browser.runtime.getContexts({ contextTypes: ['TAB'], documentUrls: [url] })
  if (open === undefined || open.tabId < 0) await browser.tabs.create({ url })
  else {
    await browser.tabs.update(open.tabId, { active: true })
    await browser.windows.update(open.windowId, { focused: true })
  }
}
