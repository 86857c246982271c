import type { LogEvent } from '../../../shared/protocol/wire.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { openBarePage } from '../../support/browser/bare-page.ts'
import { bundleOwnCode } from '../../support/browser/own-code.ts'
import { planYear, tellCalls } from '../../year/year.ts'
import { openAgentScene } from '../agent-scene.ts'
import type { Benchmark, Figure, Goal } from '../figures.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { openFiguresStage } from './figures-stage.ts'
import { copyWithFloorPages } from './floor-pages.ts'

/**
 * The popup and the reports page of somebody with a year of calls, which the worker's own code has written into their store. The floors
 * are pages of the same extension with a script of a few lines, which read the same records and show a figure; a filter's is a plain loop.
 */
export const year: Benchmark = {
  id: 'B11',
  usesBrowser: true,
  run: (signal) =>
    withResources(signal, async (own) => {
      const { browser } = await openAgentScene(own, { copyBuild: copyWithFloorPages })
      const bare = await openBarePage(browser.context, await bundleOwnCode())
      const stage = await openFiguresStage(browser)
      const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
      const plan = (calls: number, seed: number, fromMs: number, days: number) =>
        planYear({ calls, seed, fromMs, days, extensionId: AGENT_ID })
      const plans = [...plan(CALLS - CALLS_TODAY, 11, today - DAYS * DAY_MS, DAYS), ...plan(CALLS_TODAY, 12, today, 1)]
      for (let from = 0; from < plans.length; from += PORTION) {
        await bare.keepEvents(AGENT, tellCalls(plans.slice(from, from + PORTION)).map(asLogged))
        console.error(`B11: ${Math.min(from + PORTION, plans.length)} of ${plans.length} calls taken in`)
      }
      await stage.holds(plans.length)

      const figures: Figure[] = []
      for (const { name, ours, floor, atMostMs } of [
        { name: 'popup, first figures', ours: stage.openPopup, floor: stage.openFloorPopup, atMostMs: 50 },
        { name: 'reports, first chart', ours: stage.openReports, floor: stage.openFloorReports, atMostMs: 150 },
        { name: 'reports, a changed filter', ours: stage.changeFilter, floor: stage.countRows, atMostMs: 100 },
      ]) {
        const rounds = await measureRounds({
          name: `B11 ${name}`,
          measure: (isFloorFirst) => inTurn(isFloorFirst, floor, ours),
          floorOf: (round) => round.floor,
          say: console.error,
        })
        const goal: Goal = { of: 'ours', atMost: atMostMs, in: 'median' }
        figures.push({
          name: `B11 ${name}, ${CALLS.toLocaleString('en')} calls`,
          unit: 'ms',
          ours: rounds.map((round) => round.ours),
          floor: rounds.map((round) => round.floor),
          goal,
        })
      }
      return figures
    }),
}

const CALLS = 50_000
const CALLS_TODAY = 40
const DAYS = 360
/** So many make one script of 20 MB. */
const PORTION = 2500
const AGENT_ID = '400102'
const AGENT = { accountId: '400100', extensionId: AGENT_ID, name: 'Bea Lindqvist', role: 'agent' } as const

/** As the relay would have it that got it the moment it was sent. */
function asLogged(notification: object & { readonly timestamp?: unknown }, index: number): LogEvent {
  return { position: index + 1, receivedAt: String(notification.timestamp), notification }
}
