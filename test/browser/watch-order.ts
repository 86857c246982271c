import type { Page } from 'playwright-core'

/** What a page does first; absent while it has not. */
export interface Order {
  /** Whether the first thing drawn says who it is for, or how the connection stands. */
  beginsWithSomebody?: boolean
  /** Whether the figures were there when calls were read first. */
  readsWithFigures?: boolean
  /** Whether the figures were there when the worker was asked something first. */
  asksWithFigures?: boolean
  /** How many charts were not drawn in the first frame with figures. */
  emptyPlots?: number
}

/** How long the popup leaves the worker alone at most, ms: on a busy machine that may be over before there are figures. */
const ROOM_MS = 150

export const readOrder = (page: Page) => page.evaluate<Order>('order')

/** Watches what the page does first, from before anything of its own runs. */
export async function watchOrder(page: Page): Promise<void> {
  await page.addInitScript(watch, ROOM_MS)
}

function watch(roomMs: number): void {
  const order: Order = {}
  Object.assign(globalThis, { order })
  const has = (selector: string) => document.querySelector(selector) !== null
  new MutationObserver(() => {
    const name = document.querySelector('h1')?.textContent
    if (name) order.beginsWithSomebody ??= name !== 'Ringside' || has('.connection')
  }).observe(document, { childList: true, subtree: true })
  const look = () => {
    if (has('.tile .value')) order.emptyPlots = document.querySelectorAll('.plot:not(:has(canvas))').length
    else requestAnimationFrame(look)
  }
  look()
  const { getAll } = IDBIndex.prototype
  IDBIndex.prototype.getAll = function (...asked) {
    if (this.name === 'byStart') order.readsWithFigures ??= has('.tile .value')
    return getAll.apply(this, asked)
  }
  const { sendMessage } = chrome.runtime
  Object.assign(chrome.runtime, {
    sendMessage: (...asked: unknown[]) => {
      order.asksWithFigures ??= has('.tile .value')
      return Reflect.apply(sendMessage, chrome.runtime, asked)
    },
  })
  const { setTimeout } = globalThis
  Object.assign(globalThis, {
    setTimeout: (task: () => void, ms?: number) => (ms === roomMs ? undefined : setTimeout(task, ms)),
  })
}
