import { type ReadonlySignal, signal } from '@preact/signals'
import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import { addDays, startOfDayMs } from './days.ts'

/** The day it is, `2026-03-29`, also after midnight on a page that stayed open. */
export function followToday(calendar: Calendar): ReadonlySignal<string> {
  const today = signal(calendar.dayOf(Date.now()))
  function waitForMidnight(): void {
    const leftMs = startOfDayMs(addDays(today.value, 1), calendar) - Date.now()
    setTimeout(
      () => {
        today.value = calendar.dayOf(Date.now())
        waitForMidnight()
      },
      Math.max(leftMs, 0),
    )
  }
  waitForMidnight()
  // A timer does not run while the machine sleeps.
  document.addEventListener('visibilitychange', () => {
    today.value = calendar.dayOf(Date.now())
  })
  return today
}
