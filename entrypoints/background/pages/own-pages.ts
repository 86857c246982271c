import { browser } from 'wxt/browser'
import type { PageCommand } from '../../lib/contract/ports.ts'
import { RUN } from './run.ts'

/**
 * Pages of the extension that carry a card as a granted site does: the welcome page. Chrome injects no scripts there and sends
 * them no messages to a tab, so that they load the scripts themselves and are woken in another way.
 */
export function isOwnPage({ origin }: { readonly origin: string }): boolean {
  return origin === location.origin
}

/** Has the script on pages of our own come back, where it was told to rest. */
export function wakeOwnPages(): void {
  // Nobody hears it when no such page is open.
  browser.runtime.sendMessage({ type: 'wake', run: RUN } satisfies PageCommand).catch(() => undefined)
}
