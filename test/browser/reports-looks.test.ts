import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findBarriers } from '../support/browser/axe.ts'
import { takePicture } from '../support/browser/picture.ts'
import { step } from '../support/step.ts'
import { expectedTiles } from './counted-calls.ts'
import { countedCalls, isInRange, openReports, past } from './reports-page.ts'
import { openScene, type Scene, signInAs } from './scene.ts'

/** The reports for everybody: wide, narrow, dark, with forced colours, on paper, in German, and drawn as soon as they can be. */

let scene: Scene
let page: Page

beforeEach(async () => {
  scene = await openScene()
  await signInAs(scene, 'Bea Lindqvist', past)
  page = await openReports(scene.browser)
})
afterEach(() => scene?.close())

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
