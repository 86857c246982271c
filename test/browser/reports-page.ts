import type { Page } from 'playwright-core'
import { addDays, mondayOf } from '../../entrypoints/reports/days.ts'
import { DAY_MS } from '../../shared/time.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { type CountedCall, countCalls } from './counted-calls.ts'
import type { Scene } from './scene.ts'

/** The reports with forty days of Bea's calls, of which they show the last thirty. */

export const ME = '400102'
const DAYS = 40
/** On a Monday, so that the calls fall on the same days of the week whenever the test is run. */
const firstDay = mondayOf(new Date(Date.now() - (DAYS + 2) * DAY_MS).toISOString().slice(0, 10))
/** A fixed range, so that midnight may pass while the test runs: the last thirty days that calls were planned on. */
export const RANGE = { fromDay: addDays(firstDay, 10), toDay: addDays(firstDay, DAYS - 1) }

export const past = tellCalls(
  planYear({ calls: 150, seed: 11, fromMs: Date.parse(firstDay), days: DAYS, extensionId: ME }),
)

export async function openReports(browser: Scene['browser']): Promise<Page> {
  const opened = await browser.open(`reports.html#range=${RANGE.fromDay}..${RANGE.toDay}`)
  await opened.setViewportSize({ width: 1200, height: 900 })
  return opened
}

export const isInRange = ({ day }: CountedCall) => day >= RANGE.fromDay && day <= RANGE.toDay

/** What these notifications, those of before if none are named, come to, counted apart from the extension. */
export const countedCalls = (delivered: readonly object[] = past) => countCalls(delivered, ME)

export function tileOf(page: Page, name: string) {
  return page.locator(`.tile[data-name="${name}"]`)
}

export function showView(page: Page, name: 'Overview' | 'Calls'): Promise<void> {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click()
}

/** Numbers and how many calls there were with each, the most first. */
export function rankNumbers(calls: readonly CountedCall[]): readonly (readonly [number: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const { phoneNumber } of calls)
    if (phoneNumber !== undefined) counts.set(phoneNumber, (counts.get(phoneNumber) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}
