import { browser } from 'wxt/browser'

/** On the toolbar: how many calls ring, or else how many were missed since the person looked. */
export function showBadge({ ringing, missed }: { readonly ringing: number; readonly missed: number }): void {
  const count = ringing || missed
  void browser.action.setBadgeText({ text: count === 0 ? '' : String(count) })
  void browser.action.setBadgeBackgroundColor({ color: ringing > 0 ? RINGING : MISSED })
}

/** The toolbar knows no style sheet: the state colours of tokens.css on light ground. */
const RINGING = '#0b57d0'
const MISSED = '#b3261e'
