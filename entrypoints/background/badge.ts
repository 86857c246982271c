import { browser } from 'wxt/browser'
import type { CardSnapshot } from '../lib/ports.ts'

/** How many calls ring, on the toolbar. */
export function showBadge(cards: CardSnapshot | undefined): void {
  const ringing = cards?.calls.filter(({ phase }) => phase === 'ringing').length ?? 0
  void browser.action.setBadgeText({ text: ringing === 0 ? '' : String(ringing) })
}
