import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../../entrypoints/reports/days.ts'
import { EXTENSION_ID } from '../../shared/extension-key.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { takePicture } from '../support/browser/picture.ts'
import { step } from '../support/step.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { clock, countCalls, dayOf, expectedTiles, readReportTiles, tallyOf } from './counted-calls.ts'
import { openScene, type Scene, signInAs } from './scene.ts'
import { readOrder, watchOrder } from './watch-order.ts'

/** Popup and reports of somebody who has used Ringside for a year: every figure is counted again here, from the events alone. */

const ME = '400102'
/** The year that is kept: of a day more, the calls before this time of day may be deleted meanwhile, and their figures not. */
const DAYS = 364
/** Midnight where the test runs, as in the browser. */
const today = new Date().setHours(0, 0, 0, 0)
const plan = (calls: number, seed: number, fromMs: number, days: number) =>
  tellCalls(planYear({ calls, seed, fromMs, days, extensionId: ME }))
const delivered = [...plan(1500, 21, today - DAYS * DAY_MS, DAYS), ...plan(12, 22, today, 1)]
const calls = countCalls(delivered, ME)
const firstDay = dayOf(today - DAYS * DAY_MS)
const lastDay = dayOf(today + 12 * HOUR_MS)

it('are more calls than anybody counts by hand', () => {
  expect(calls.length).toBeGreaterThan(1500)
  expect(new Set(calls.map(({ day }) => day)).size).toBeGreaterThan(200)
  expect(new Set(calls.map(({ outcome }) => outcome)).size).toBeGreaterThan(4)
})

describe('with a year behind', () => {
  let scene: Scene

  beforeEach(async () => {
    scene = await openScene()
    await signInAs(scene, 'Bea Lindqvist', delivered)
  })
  afterEach(() => scene?.close())

  async function openWatched(file: string, height = 800): Promise<Page> {
    const page = await scene.browser.context.newPage()
    await page.setViewportSize({ width: 1280, height })
    await watchOrder(page)
    await page.goto(`chrome-extension://${EXTENSION_ID}/${file}`)
    return page
  }

  it('reports and popup add up what there was', async () => {
    await step('the reports add up all of it, any part of it beside the one before, and what is filtered', async () => {
      const reports = await scene.browser.open(`reports.html#range=${firstDay}..${lastDay}`)
      await expect.poll(() => readReportTiles(reports)).toMatchObject(expectedTiles(calls))
      await takePicture(reports, 'reports-year', { fullPage: true })
      await expectParts(reports)
      await expectFiltered(reports)
    })
    await step('the popup adds up today, and tells of the last calls', async () => {
      const popup = await scene.openPopup()
      const value = (label: string) =>
        popup
          .locator('.tile', { has: popup.locator('.label', { hasText: new RegExp(`^${label}$`) }) })
          .locator('.value')
          .textContent()
      // Midnight may pass meanwhile.
      const ofToday = () => tallyOf(calls.filter(({ day }) => day === dayOf(Date.now())))
      const sum = (times: { readonly sortedMs: readonly number[] }) => clock(times.sortedMs.reduce((a, b) => a + b, 0))
      await expect.poll(() => value('Calls')).toBe(String(ofToday().calls))
      expect(await value('Answered')).toBe(String(ofToday().answered))
      expect(await value('Missed')).toBe(String(ofToday().missed))
      expect(await value('Ring')).toBe(sum(ofToday().distributions.ring))
      expect(await value('Talk')).toBe(sum(ofToday().distributions.talk))
      expect(await value('Hold')).toBe(sum(ofToday().distributions.hold))
      await expect.poll(() => popup.locator('details.call').count()).toBeGreaterThan(5)
      await takePicture(popup, 'popup-year')
      await popup.close()
    })
    await step(
      'the popup begins with somebody; it asks the worker and reads the calls of the week when the figures are there',
      async () => {
        const popup = await openWatched('popup.html')
        await expect
          .poll(() => readOrder(popup))
          .toMatchObject({ beginsWithSomebody: true, readsWithFigures: true, asksWithFigures: true })
        await popup.close()
      },
    )
    await step('the charts in sight are in the first frame that has figures, the others come after it', async () => {
      const tall = await openWatched('reports.html#range=year', 4000)
      await expect.poll(() => readOrder(tall)).toMatchObject({ emptyPlots: 0 })
      await tall.close()
      const usual = await openWatched('reports.html#range=year')
      await expect.poll(() => readOrder(usual)).toMatchObject({ emptyPlots: expect.toSatisfy((count) => count > 0) })
      await expect.poll(() => usual.locator('.plot:not(:has(canvas))').count()).toBe(0)
      await usual.close()
    })
  })
})

const between = (fromDay: string, toDay: string) => calls.filter(({ day }) => day >= fromDay && day <= toDay)

async function choose(reports: Page, fromDay: string, toDay: string): Promise<void> {
  await reports.getByLabel('From', { exact: true }).fill(fromDay)
  await reports.getByLabel('To', { exact: true }).fill(toDay)
}

/** Any part of the year, beside the part of the same length before. */
async function expectParts(reports: Page): Promise<void> {
  for (const [from, days] of [
    [200, 90],
    [100, 31],
    [300, 7],
  ] as const) {
    const fromDay = addDays(firstDay, from)
    await choose(reports, fromDay, addDays(fromDay, days - 1))
    const chosen = between(fromDay, addDays(fromDay, days - 1))
    const before = between(addDays(fromDay, -days), addDays(fromDay, -1))
    expect(chosen.length).toBeGreaterThan(days)
    await expect.poll(() => readReportTiles(reports)).toMatchObject(expectedTiles(chosen))
    const saysBefore = () => reports.locator('.tile[data-name="calls"] .change').textContent()
    await expect.poll(saysBefore).toContain(`before: ${before.length}`)
  }
  await choose(reports, firstDay, lastDay)
  await expect.poll(() => readReportTiles(reports)).toMatchObject(expectedTiles(calls))
}

/** What is filtered, and within the seconds that were chosen. */
async function expectFiltered(reports: Page): Promise<void> {
  await reports.getByLabel('Direction').selectOption('Incoming call')
  const incoming = calls.filter(({ direction }) => direction === 'Inbound')
  await expect.poll(() => readReportTiles(reports)).toMatchObject(expectedTiles(incoming))
  await reports.getByLabel('Seconds').fill('5')
  const { shareOfOffered = Number.NaN } = selectAnsweredWithin(tallyOf(incoming), 5 * SECOND_MS)
  const within = async () => (await readReportTiles(reports)).within
  await expect.poll(within).toBe(`${Math.floor(shareOfOffered * 100 + 1e-9)}%`)
  await reports.getByLabel('Seconds').fill('20')
  await reports.getByRole('button', { name: 'Clear filters' }).click()
  await expect.poll(() => readReportTiles(reports)).toMatchObject(expectedTiles(calls))
}
