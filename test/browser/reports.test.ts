import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays } from '../../entrypoints/reports/days.ts'
import { isToReturn } from '../../shared/call/missed.ts'
import { measureDistribution } from '../../shared/metrics/distribution.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { takePicture } from '../support/browser/picture.ts'
import { step } from '../support/step.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { clock, expectedTiles, readReportTiles, tallyOf } from './counted-calls.ts'
import { countedCalls, isInRange, ME, openReports, past, RANGE, rankNumbers, showView, tileOf } from './reports-page.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The reports against the fold over the same events: whatever the page shows is counted again here. */

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

describe('the figures on the page are those of the events', () => {
  it('in tiles, beside the days before, and by day', async () => {
    await step('in the tiles, with how times are spread', async () => {
      const calls = countedCalls().filter(isInRange)
      expect(calls.length).toBeGreaterThan(80)
      await expect.poll(readTiles).toMatchObject(expectedTiles(calls))
      const { meanMs, medianMs, p90Ms, longestMs } = measureDistribution(tallyOf(calls).distributions.talk)
      const spread = await tile('talk').locator('.spread dd').allInnerTexts()
      expect(spread).toEqual([meanMs, medianMs, p90Ms, longestMs].map((ms) => clock(ms ?? Number.NaN)))
    })
    await step('against the days before', async () => {
      const before = countedCalls().filter(({ day }) => day < RANGE.fromDay)
      await expect.poll(() => tile('calls').locator('.change').textContent()).toContain(`before: ${before.length}`)
    })
    await step('of missed calls and voicemails, those that nobody returned', async () => {
      const calls = countedCalls().toSorted((a, b) => a.startedMs - b.startedMs)
      const unreturned = calls.filter((call) => {
        const later = calls.filter(
          ({ phoneNumber, startedMs }) => startedMs > call.startedMs && phoneNumber === call.phoneNumber,
        )
        return isToReturn(call, true) && (call.phoneNumber === undefined || !later.some(({ talkMs }) => talkMs > 0))
      })
      const inRange = unreturned.filter(isInRange)
      expect(inRange.length).toBeGreaterThan(0)
      await expect.poll(() => tile('notReturned').locator('.figure').textContent()).toBe(String(inRange.length))
    })
    await step('in the table of days', async () => {
      const chart = page.locator('.chart[data-name="times"]')
      await chart.getByText('As a table').click()
      await chart.locator('tbody tr').first().waitFor()
      const shown = await chart
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)))
      const calls = countedCalls().filter(isInRange)
      const expected = Array.from({ length: 30 }, (_, index) => {
        const { ring, talk, hold } = tallyOf(
          calls.filter(({ day }) => day === addDays(RANGE.fromDay, index)),
        ).distributions
        return [ring, talk, hold].map((times) => clock(measureDistribution(times).sumMs))
      })
      expect(shown).toEqual(expected)
      await chart.getByText('As a table').click()
    })
  })

  it('of those that are asked for', async () => {
    await step('when some are filtered out, also after a reload', async () => {
      const { number, count } = busiestNumber()
      await page.getByLabel('Direction').selectOption('Incoming call')
      const incoming = countedCalls().filter((call) => isInRange(call) && call.direction === 'Inbound')
      await expect.poll(readTiles).toMatchObject(expectedTiles(incoming))
      await page.reload()
      await expect.poll(readTiles).toMatchObject(expectedTiles(incoming))

      await page.getByRole('button', { name: 'Clear filters' }).click()
      await page.getByLabel('Name or number').fill(number)
      await expect.poll(async () => (await readTiles()).calls).toBe(String(count))
      expect(page.url()).not.toContain(number.slice(-4))
      await page.getByLabel('Name or number').fill('nobody of that name')
      await page.getByText('No call on these days matches the filters.').waitFor()
      await page.getByRole('button', { name: 'Clear filters' }).first().click()
    })
    await step('when those with a tag are wanted, as soon as one was tagged', async () => {
      await view('Calls')
      await page.locator('.calls-body .calls-row').first().click()
      await page.locator('.detail-pane').getByLabel('Tags').fill('VIP')
      await page.locator('.detail-pane').getByLabel('Tags').press('Enter')
      await page.locator('.detail-pane').getByText('Saved', { exact: true }).waitFor()
      await page.keyboard.press('Escape')
      await view('Overview')
      await page.getByRole('combobox', { name: 'Tag' }).selectOption('VIP')
      await expect.poll(async () => (await readTiles()).calls).toBe('1')
      expect(page.url()).not.toContain('VIP')
      await page.reload()
      await expect.poll(async () => (await readTiles()).calls).toBe('1')
      await page.getByRole('button', { name: 'Clear filters' }).click()
      await expect.poll(readTiles).toMatchObject(expectedTiles(countedCalls().filter(isInRange)))
    })
    await step('within another number of seconds, which is kept', async () => {
      const limitMs = 3 * SECOND_MS
      await page.getByLabel('Seconds').fill('3')
      const share =
        selectAnsweredWithin(tallyOf(countedCalls().filter(isInRange)), limitMs).shareOfOffered ?? Number.NaN
      await expect.poll(async () => (await readTiles()).within).toBe(`${Math.floor(share * 100 + 1e-9)}%`)
      await page.reload()
      await expect.poll(async () => (await readTiles()).within).toBe(`${Math.floor(share * 100 + 1e-9)}%`)
      await page.getByLabel('Seconds').fill('20')
    })
  })
})

/** The American number with the most calls in the range, written as Americans do, and how many it has. */
function busiestNumber(): { readonly number: string; readonly count: number } {
  const american = rankNumbers(countedCalls().filter(isInRange)).filter(([number]) => number.startsWith('+1202'))
  const [[busiest, count] = ['', 0]] = american
  return { number: busiest.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3'), count }
}

describe('a range', () => {
  it('is chosen by keys, says so when it has no calls, and is told by hours when it is one day', async () => {
    const ranges = page.getByRole('group', { name: 'Which days' })
    await ranges.getByRole('radio', { name: 'Custom range' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => ranges.getByRole('radio', { name: 'Today' }).isChecked()).toBe(true)
    await page.getByText('No calls on these days.').waitFor()
    expect(await page.locator('.tile').count()).toBe(0)

    const [{ day } = { day: '' }] = countedCalls().filter(isInRange)
    await ranges.getByText('Custom range').click()
    await page.getByLabel('From', { exact: true }).fill(day)
    await page.getByLabel('To', { exact: true }).fill(day)
    const calls = countedCalls().filter((call) => call.day === day)
    await expect.poll(readTiles).toMatchObject(expectedTiles(calls))
    await page.getByRole('heading', { name: 'Ring, talk and hold by hour' }).waitFor()
    await takePicture(page, 'reports-day', { fullPage: true })
    expect(await page.locator('.chart[data-name="calls"]').count()).toBe(0)

    await page.getByLabel('From', { exact: true }).fill(RANGE.fromDay)
    await page.getByLabel('To', { exact: true }).fill(RANGE.toDay)
    await expect.poll(readTiles).toMatchObject(expectedTiles(countedCalls().filter(isInRange)))
  })
})

describe('a late event', () => {
  let delivered: readonly object[] = past

  async function deliver(envelopes: readonly object[]): Promise<void> {
    for (const envelope of envelopes) await scene.platform.deliver(envelope)
    delivered = [...delivered, ...envelopes]
  }

  it('changes the figures of the last day on the open page', async () => {
    const lastDayMs = Date.parse(RANGE.toDay) + 12 * HOUR_MS
    const plans = planYear({ calls: 20, seed: 77, fromMs: Date.parse(RANGE.toDay), days: 1, extensionId: ME })
    const held = plans.find(({ parties }) =>
      parties.some(({ extensionId, stages }) => extensionId === ME && stages.some(({ code }) => code === 'Hold')),
    )
    expect(held).toBeDefined()
    const events = tellCalls(held ? [{ ...held, startsAtMs: lastDayMs }] : [])
    const isLate = (envelope: object) =>
      JSON.stringify(envelope).includes('"code":"Hold"') && JSON.stringify(envelope).includes(ME)
    const inTime = events.filter((envelope) => !isLate(envelope))
    await deliver(inTime)
    const before = expectedTiles(countedCalls(delivered).filter(isInRange))
    await expect.poll(readTiles).toMatchObject(before)
    await page.getByText('has times that are estimates').waitFor()

    const late = events.filter(isLate)
    await deliver(late)
    const after = expectedTiles(countedCalls(delivered).filter(isInRange))
    expect(after.hold).not.toBe(before.hold)
    await expect.poll(readTiles).toMatchObject(after)
    await expect.poll(() => page.getByText('has times that are estimates').count()).toBe(0)
  })
})
