import { browser } from 'wxt/browser'

/** The ways from the popup to the extension's other pages. */
export interface Openers {
  openReports(): void
  /** The reports with the list of calls. */
  openAllCalls(): void
  /** The board as a page of its own. */
  openBoard(): void
  /** The board at the side of the page; only while a click is handled. */
  openBoardAtSide(): void
  /** Where somebody begins: a sample call, and the ways to connect. */
  openWelcome(): void
  openSettings(): void
}

export function createOpeners(): Openers {
  return {
    openReports: () => openPage('/reports.html'),
    openAllCalls: () => openPage('/reports.html#view=calls'),
    openBoard: () => openPage('/board.html'),
    openBoardAtSide: createSideOpener(),
    openWelcome: () => openPage('/welcome.html'),
    openSettings: () => void browser.runtime.openOptionsPage(),
  }
}

function openPage(path: Parameters<typeof browser.runtime.getURL>[0]): void {
  void browser.tabs.create({ url: browser.runtime.getURL(path) })
}

/** Asks for the window beforehand: Chrome opens its side only while it handles a click. */
function createSideOpener(): () => void {
  let windowId: number | undefined
  void browser.windows.getCurrent().then(({ id }) => {
    windowId = id
  })
  return () => {
    if (windowId !== undefined) void browser.sidePanel.open({ windowId }).then(() => close())
  }
}
