import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { openBarePage } from '../../support/browser/bare-page.ts'
import { buildExtension } from '../../support/browser/build.ts'
import { findOrInstallChromium } from '../../support/browser/chromium.ts'
import { launchExtension } from '../../support/browser/extension.ts'
import { bundleOwnCode } from '../../support/browser/own-code.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { INES, startBoardRelay } from './board-relay.ts'
import { createBusyCalls, LIVE_CALLS } from './calls.ts'
import { measureRows, type Rows } from './measure-rows.ts'

/**
 * The board of an account with 4,000 calls at once and 300 events a second: from an event's being sent to its row's being painted,
 * and the longest task of the thread that draws. The floor is a page that writes into thirty rows what its own socket brings.
 */
export const board: Benchmark = {
  id: 'B13',
  usesBrowser: true,
  run: (signal) =>
    withResources(signal, async (own) => {
      await buildExtension()
      const calls = createBusyCalls(Date.now())
      const relay = own(await startBoardRelay(calls))
      const executablePath = findOrInstallChromium(console.error)
      const { context } = own(await launchExtension({ executablePath, isHeadless: true }))
      const bare = await openBarePage(context, await bundleOwnCode())
      await bare.signIn({ relayUrl: relay.url, token: 't', user: INES })
      const measure = async (url: string) => {
        const page = await openRows(context, url)
        const rows = await measureRows(page, relay, calls)
        await page.close()
        return rows
      }
      const rounds = await measureRounds({
        name: 'B13',
        measure: (isFloorFirst) =>
          inTurn(
            isFloorFirst,
            () => measure(`${relay.url}/`),
            () => measure(`chrome-extension://${EXTENSION_ID}/board.html#sort=who`),
          ),
        floorOf: (round) => round.floor.paintedP50Ms,
        say: console.error,
      })
      return toFigures(rounds)
    }),
}

async function openRows(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.addInitScript({ path: fileURLToPath(new URL('watch-rows.js', import.meta.url)) })
  await page.goto(url)
  await page.locator('tr[data-extension]').first().waitFor()
  return page
}

function toFigures(rounds: readonly { readonly floor: Rows; readonly ours: Rows }[]): readonly Figure[] {
  const toFigure = (name: string, figure: keyof Rows, goal: Figure['goal']): Figure => ({
    name: `B13 ${name}`,
    unit: 'ms',
    ours: rounds.map(({ ours }) => ours[figure]),
    floor: rounds.map(({ floor }) => floor[figure]),
    goal,
  })
  return [
    toFigure(`board of ${LIVE_CALLS} live calls, row painted, p50`, 'paintedP50Ms', { of: 'ratio', atMost: 2 }),
    toFigure('the same, p99', 'paintedP99Ms', { of: 'ours', atMost: 50, in: 'median' }),
    toFigure('longest task of the page', 'longestTaskMs', { of: 'ours', atMost: 50, in: 'every round' }),
  ]
}
