import { storage } from 'wxt/utils/storage'
import type { ToldAlerts } from './alerts.ts'

/** Waits are over when the browser is closed; the day's end is not told twice a day. */
export const toldAlerts: ToldAlerts & { forget(): Promise<void> } = {
  waits: storage.defineItem<readonly string[]>('session:toldWaits', { fallback: [] }),
  dayEndMs: storage.defineItem<number>('local:toldDayEndMs', { fallback: 0 }),
  /** Somebody else is signed in. */
  forget: () => storage.removeItems(['session:toldWaits', 'local:toldDayEndMs']),
}
