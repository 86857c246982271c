import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'

export interface BadgeFacts {
  /** How many calls ring. */
  readonly ringing: number
  /** How long a call has been on hold that was forgotten, ms; `undefined` when none was. */
  readonly heldMs: number | undefined
  /** How many were missed since the person looked. */
  readonly missed: number
}

/** On the toolbar: how many calls ring; or else how long one has been forgotten on hold; or else how many were missed. */
export function showBadge(facts: BadgeFacts): void {
  const { text, color } = selectBadge(facts)
  void browser.action.setBadgeText({ text })
  void browser.action.setBadgeBackgroundColor({ color })
}

function selectBadge({ ringing, heldMs, missed }: BadgeFacts): { readonly text: string; readonly color: string } {
  if (ringing > 0) return { text: String(ringing), color: RINGING }
  if (heldMs !== undefined) return { text: nameHold(heldMs), color: HELD }
  return { text: missed > 0 ? String(missed) : '', color: MISSED }
}

/** A badge has room for four letters: seconds in the first minute, then full minutes. */
function nameHold(ms: number): string {
  if (ms < MINUTE_MS) return i18n.t('alerts.badgeSeconds', [String(Math.floor(ms / SECOND_MS))])
  return i18n.t('alerts.badgeMinutes', [String(Math.floor(ms / MINUTE_MS))])
}

/** The toolbar knows no style sheet: the state colours of tokens.css on light ground. */
const RINGING = '#0b57d0'
const HELD = '#8a5a00'
const MISSED = '#b3261e'
