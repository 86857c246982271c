import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addDays, mondayOf } from '../../entrypoints/reports/days.ts'
import { isToReturn } from '../../shared/call/missed.ts'
import { measureDistribution } from '../../shared/metrics/distribution.ts'
import { selectAnsweredWithin } from '../../shared/metrics/tally-within.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/time.ts'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { step } from '../support/step.ts'
import { planYear, tellCalls } from '../year/year.ts'
import { type CountedCall, clock, countCalls, expectedTiles, readReportTiles, tallyOf } from './counted-calls.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The reports against the fold over the same events: whatever the page shows is counted again here. */

const ME = '400102'
const DAYS = 40
/** On a Monday, so that the calls fall on the same days of the week whenever the test is run. */
const firstDay = mondayOf(new Date(Date.now() - (DAYS + 2) * DAY_MS).toISOString().slice(0, 10))
const fromMs = Date.parse(firstDay)
/** A fixed range, so that midnight may pass while the test runs: the last thirty days that calls were planned on. */
const RANGE = { fromDay: addDays(firstDay, 10), toDay: addDays(firstDay, DAYS - 1) }

const past = tellCalls(planYear({ calls: 150, seed: 11, fromMs, days: DAYS, extensionId: ME }))
let delivered: readonly object[]
let scene: Scene
let page: Page

beforeEach(async () => {
  delivered = past
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist', past)
  page = await openReports()
})
afterEach(() => scene?.close())

async function deliver(envelopes: readonly object[]): Promise<void> {
  for (const envelope of envelopes) await scene.platform.deliver(envelope)
  delivered = [...delivered, ...envelopes]
}

async function openReports(browser = scene.browser): Promise<Page> {
  const opened = await browser.open(`reports.html#range=${RANGE.fromDay}..${RANGE.toDay}`)
  await opened.setViewportSize({ width: 1200, height: 900 })
  return opened
}

const countedCalls = () => countCalls(delivered, ME)
const isInRange = ({ day }: CountedCall) => day >= RANGE.fromDay && day <= RANGE.toDay

function tile(name: string) {
  return page.locator(`.tile[data-name="${name}"]`)
}

const view = (name: 'Overview' | 'Calls') =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click()
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

/** Numbers and how many calls there were with each, the most first. */
function rankNumbers(calls: readonly CountedCall[]): readonly (readonly [number: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const { phoneNumber } of calls)
    if (phoneNumber !== undefined) counts.set(phoneNumber, (counts.get(phoneNumber) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}

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

describe('a late event', () => {
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
    const before = expectedTiles(countedCalls().filter(isInRange))
    await expect.poll(readTiles).toMatchObject(before)
    await page.getByText('has times that are estimates').waitFor()

    const late = events.filter(isLate)
    await deliver(late)
    const after = expectedTiles(countedCalls().filter(isInRange))
    expect(after.hold).not.toBe(before.hold)
    await expect.poll(readTiles).toMatchObject(after)
    await expect.poll(() => page.getByText('has times that are estimates').count()).toBe(0)
  })
})

describe('everybody can use it', () => {
  it('wide or narrow, in light and dark, with forced colours, and on paper', async () => {
    for (const width of [1200, 360]) await step(`${width} pixels wide`, () => expectGood(width))
    await expectForcedAndPaper()
  })

  async function expectGood(width: number): Promise<void> {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await findBarriers(page, { isColoursOnly: colorScheme === 'dark' })).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      await takePicture(page, `reports-${width}-${colorScheme}`, { fullPage: true })
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1200, height: 900 })
  }

  async function expectForcedAndPaper(): Promise<void> {
    await page.setViewportSize({ width: 1000, height: 900 })
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' })
    await takePicture(page, 'reports-forced', { fullPage: true })
    await expect.poll(() => page.locator('.plot canvas').count()).toBeGreaterThan(3)
    await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light', media: 'print' })
    expect(await page.getByLabel('Direction').isVisible()).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await takePicture(page, 'reports-print', { fullPage: true })
    await page.emulateMedia({ media: 'screen' })
  }

  it('in German', async () => {
    const germanScene = await openScene({ language: 'de' })
    try {
      await signInAs(germanScene, 'Bea Lindqvist', past)
      const german = await openReports(germanScene.browser)
      const { calls } = expectedTiles(countedCalls().filter(isInRange))
      await expect.poll(() => german.locator('.tile[data-name="calls"] .figure').allInnerTexts()).toEqual([calls])
      await german.getByText('Ihre Zeit').waitFor()
      await takePicture(german, 'reports-german', { fullPage: true })
    } finally {
      await germanScene.close()
    }
  })
})

it('draws figures and charts before it has read the numbering plans, and lists numbers when it has', async () => {
  const first = await scene.browser.context.newPage()
  await first.addInitScript(`
    const read = globalThis.fetch
    const wanted = new Promise((resolve) => { globalThis.allowReading = resolve })
    globalThis.fetch = async (...asked) => { await wanted; return read(...asked) }`)
  await first.goto(page.url())
  await first.locator('figure.chart canvas').first().waitFor()
  expect(await first.locator('.tile[data-name="calls"] .figure').textContent()).toBe(
    expectedTiles(countedCalls().filter(isInRange)).calls,
  )
  expect(await first.locator('.top[data-kind=numbers]').count()).toBe(0)
  await first.evaluate('allowReading()')
  await first.locator('.top[data-kind=numbers]').waitFor()
})
