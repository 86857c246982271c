import { browser } from 'wxt/browser'

/** The alarm that revives a worker which Chrome ended while it should be connected. */
const REVIVE_ALARM = 'revive'
/** The shortest that Chrome keeps to. */
const REVIVE_PERIOD_MINUTES = 0.5

let isWanted = false

/** Sets the alarm, or clears it. One that is already set stays: setting it again would postpone its next run. */
export async function setReviveAlarm(next: boolean): Promise<void> {
  isWanted = next
  if (!next) {
    await browser.alarms.clear(REVIVE_ALARM)
    return
  }
  const alarm = await browser.alarms.get(REVIVE_ALARM)
  // Between the question and the answer the person may have signed out.
  if (alarm !== undefined || !isWanted) return
  await browser.alarms.create(REVIVE_ALARM, { periodInMinutes: REVIVE_PERIOD_MINUTES })
}
