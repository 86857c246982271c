import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../../entrypoints/reports/days.ts'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { step } from '../support/step.ts'
import { clock, expectedTiles, readReportTiles, tallyOf } from './counted-calls.ts'
import { countedCalls, isInRange, openReports, past, RANGE, rankNumbers, showView, tileOf } from './reports-page.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** What a figure means, and the calls that it opens. */

let scene: Scene
let page: Page

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist', past)
  page = await openReports(scene.browser)
})
afterEach(() => scene?.close())

const tile = (name: string) => tileOf(page, name)
const view = (name: 'Overview' | 'Calls') => showView(page, name)
const readTiles = () => readReportTiles(page)

describe('what a figure means', () => {
  it('is said where it stands', async () => {
    await step('is said on focus, and goes with Escape', async () => {
      await tile('missed').getByRole('button', { name: 'Missed', exact: true }).focus()
      const meaning = tile('missed').getByRole('tooltip')
      await expect.poll(() => meaning.isVisible()).toBe(true)
      expect(await meaning.textContent()).toContain('A queue call that a colleague took is not missed.')
      await page.keyboard.press('Escape')
      await expect.poll(() => meaning.isVisible()).toBe(false)
    })
    await step('is said under the pointer, beside the page never', async () => {
      await page.setViewportSize({ width: 360, height: 900 })
      for (const name of ['within', 'callerWait']) {
        await tile(name).locator('.term').hover()
        await expect.poll(() => tile(name).getByRole('tooltip').isVisible()).toBe(true)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      }
      await page.setViewportSize({ width: 1200, height: 900 })
    })
    await step('is told of the bar under the pointer', async () => {
      const chart = page.locator('.chart[data-name="calls"]')
      const calls = countedCalls().filter(({ day }) => day === RANGE.toDay).length
      const box = await chart.locator('.u-over').boundingBox()
      if (box === null) throw new Error('the chart should be drawn')
      await chart.locator('.u-over').hover({ position: { x: box.width - 4, y: 20 } })
      const date = new Intl.DateTimeFormat('en-US', {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(Date.parse(RANGE.toDay))
      await expect.poll(() => chart.locator('.readout').textContent()).toContain(date)
      const counts = ((await chart.locator('.readout').textContent()) ?? '').match(/(?<= )\d+(?= ·|$)/g) ?? []
      // The date has one of its own, at its end.
      expect(counts.slice(1).reduce((sum, count) => sum + Number(count), 0)).toBe(calls)
    })
  })
})

describe('a figure', () => {
  const listed = () => page.locator('.calls-tools [role=status]').textContent()
  const says = (count: number) => `${count} customer call${count === 1 ? '' : 's'}`

  it('opens the calls that it is made of, and the way back leads to it', async () => {
    const calls = countedCalls().filter(isInRange)
    /** To the overview as it was before, and not as it is with the calls of the list. */
    const goBack = async () => {
      await page.goBack()
      await expect.poll(readTiles).toMatchObject(expectedTiles(calls))
    }
    await expect.poll(readTiles).toMatchObject(expectedTiles(calls))
    await step('a tile', async () => {
      await tile('missed').locator('.value .door').click()
      await page.getByText('Only: Missed').waitFor()
      await expect.poll(listed).toBe(says(tallyOf(calls).missed))
      await goBack()
    })
    await step('a time, the longest first', async () => {
      await tile('hold').locator('.value .door').click()
      const held = calls.filter(({ holdMs }) => holdMs > 0).map(({ holdMs }) => holdMs)
      await expect.poll(listed).toBe(says(held.length))
      await expect
        .poll(() => page.locator('.calls-body td[data-column=hold]').first().textContent())
        .toBe(clock(Math.max(...held)))
      await page.getByRole('button', { name: 'Show all calls' }).click()
      await expect.poll(listed).toContain(says(calls.length))
      await takePicture(page, 'reports-calls', { fullPage: true })
      await view('Overview')
    })
    await step('a bar, and the row of its table', async () => {
      const chart = page.locator('.chart[data-name="calls"]')
      const ofLastDay = says(calls.filter(({ day }) => day === RANGE.toDay).length)
      const box = await chart.locator('.u-over').boundingBox()
      if (box === null) throw new Error('the chart should be drawn')
      await chart.locator('.u-over').click({ position: { x: box.width - 4, y: 20 } })
      await expect.poll(listed).toBe(ofLastDay)
      await goBack()
      await chart.getByText('As a table').click()
      await chart.locator('tbody th button').last().click()
      await expect.poll(listed).toBe(ofLastDay)
      await goBack()
    })
    await step('a number in the list of the busiest', async () => {
      const [[, count] = ['', 0]] = rankNumbers(calls)
      const busiest = page.locator('.top[data-kind=numbers] tbody tr').first()
      // The list follows the tiles, when there is time for it.
      await expect.poll(() => busiest.locator('.barred').textContent()).toBe(String(count))
      await busiest.locator('button').first().click()
      await expect.poll(listed).toBe(says(count))
      expect(page.url()).not.toMatch(/\d{10}/)
    })
  })

  it('of a day stands under its weekday, and a call beside its list covers nothing of it', async () => {
    const lastWeek = addDays(RANGE.toDay, -6)
    await page.goto(`${page.url().split('#')[0]}#range=${lastWeek}..${RANGE.toDay}`)
    await page.reload()
    const held = Array.from({ length: 7 }, (_, index) => {
      const { sortedMs } = tallyOf(countedCalls().filter(({ day }) => day === addDays(lastWeek, index))).distributions
        .hold
      const sumMs = sortedMs.reduce((sum, ms) => sum + ms, 0)
      return sumMs === 0 ? '–' : clock(sumMs)
    })
    await expect.poll(() => page.locator('.week [data-name=hold] td').allTextContents()).toEqual(held)
    const weekdays = Array.from({ length: 7 }, (_, index) =>
      new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'UTC' }).format(
        Date.parse(addDays(lastWeek, index)),
      ),
    )
    expect(await page.locator('.week thead button').allTextContents()).toEqual(weekdays)
    await takePicture(page, 'reports-week', { fullPage: true })
    await page.locator('.week [data-name=hold] button').first().click()
    await page.getByText('Only: Hold').waitFor()
    await page.goBack()
    await page.locator('.week thead button', { hasText: 'Tue' }).click()
    await expect.poll(listed).toContain('customer call')
    await page.locator('.calls-body .calls-row').first().click()
    const pane = page.locator('.detail-pane')
    await pane.getByRole('button', { name: /^Call back/ }).waitFor()
    const [list, beside] = [await page.locator('.calls-scroller').boundingBox(), await pane.boundingBox()]
    expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThanOrEqual(beside?.x ?? 0)
    await takePicture(page, 'reports-pane')
    expect(await findBarriers(page)).toEqual([])
  })
})
