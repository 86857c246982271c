import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import type { ExtensionBrowser } from '../../support/browser/extension.ts'
import { median } from '../statistics.ts'
import { FLOOR_POPUP, FLOOR_REPORTS } from './floor-pages.ts'

/** The pages that are measured, and floors beside them in the same extension. All durations in ms, medians of several. */
export interface FiguresStage {
  /** Resolves when the store has so many calls that have ended. */
  holds(calls: number): Promise<void>
  /** From asking for the popup to its first figures painted. */
  openPopup(): Promise<number>
  /** From asking for the reports of a year to its first chart painted. */
  openReports(): Promise<number>
  /** From another choice of direction to the figures of it painted, with every row in memory. */
  changeFilter(): Promise<number>
  /** The same of the floors' pages. */
  openFloorPopup(): Promise<number>
  openFloorReports(): Promise<number>
  /** The filter's floor: counting rows in memory by a plain loop. */
  countRows(): Promise<number>
}

const FIGURE = '.tile .value'
const CHART = 'figure.chart canvas'
const TAKE_IN_TIMEOUT_MS = MINUTE_MS
/** One reading of a few milliseconds says little: the store tidies up now and then. */
const TIMES = 9

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const tookMs: number[] = []
  while (tookMs.length < TIMES) tookMs.push(await measure())
  return median(tookMs)
}

export async function openFiguresStage(browser: ExtensionBrowser): Promise<FiguresStage> {
  const bare = await browser.context.newPage()
  await bare.goto(`chrome-extension://${EXTENSION_ID}/manifest.json`)
  await bare.evaluate(await readFile(new URL('read-store.js', import.meta.url), 'utf8'))
  const watch = await readFile(new URL('watch-paint.js', import.meta.url), 'utf8')

  async function open(file: string, selector: string): Promise<{ readonly page: Page; readonly tookMs: number }> {
    const page = await browser.context.newPage()
    await page.addInitScript(watch)
    await page.goto(`chrome-extension://${EXTENSION_ID}/${file}`)
    return { page, tookMs: await page.evaluate<number>(`paintedWith(${JSON.stringify(selector)})`) }
  }

  async function measure(file: string, selector: string): Promise<number> {
    const { page, tookMs } = await open(file, selector)
    await page.close()
    return tookMs
  }

  let reports: Page | undefined
  let isInbound = false
  return {
    holds: async (calls) => {
      await bare.waitForFunction(`storeReader.countEnded(${calls})`, undefined, {
        timeout: TAKE_IN_TIMEOUT_MS,
        polling: 500,
      })
    },
    openPopup: () => medianOf(() => measure('popup.html', FIGURE)),
    openReports: () => medianOf(() => measure('reports.html#range=year', CHART)),
    openFloorPopup: () => medianOf(() => measure(FLOOR_POPUP, FIGURE)),
    openFloorReports: () => medianOf(() => measure(FLOOR_REPORTS, CHART)),
    changeFilter: async () => {
      if (reports === undefined) {
        reports = (await open('reports.html#range=year', CHART)).page
        await reports.locator('.reading').waitFor({ state: 'detached', timeout: TAKE_IN_TIMEOUT_MS })
      }
      const page = reports
      return medianOf(() => {
        isInbound = !isInbound
        const choice = JSON.stringify(isInbound ? 'Inbound' : '')
        return page.evaluate<number>(
          `paintedAfterChoice('.filters select', ${choice}, '.tile[data-name="calls"] .figure')`,
        )
      })
    },
    countRows: () => medianOf(() => bare.evaluate<number>('storeReader.countRows()')),
  }
}
