import { storage } from 'wxt/utils/storage'
import type { Kept, ShownAlerts } from './alerts.ts'

/** Calls that ring, and waits, are over when the browser is closed; the day's end is not told twice a day. */
export const shownAlerts: ShownAlerts & {
  readonly ringing: Kept<readonly string[]>
  readonly byRules: Kept<readonly string[]>
  forget(): Promise<void>
} = {
  ringing: storage.defineItem<readonly string[]>('session:toldRinging', { fallback: [] }),
  waits: storage.defineItem<readonly string[]>('session:toldWaits', { fallback: [] }),
  byRules: storage.defineItem<readonly string[]>('session:toldRules', { fallback: [] }),
  dayEndMs: storage.defineItem<number>('local:toldDayEndMs', { fallback: 0 }),
  /** Somebody else is signed in. */
  forget: () =>
    storage.removeItems(['session:toldRinging', 'session:toldWaits', 'session:toldRules', 'local:toldDayEndMs']),
}
