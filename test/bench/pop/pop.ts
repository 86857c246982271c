import { startCrm } from '../../crm/crm.ts'
import { openAgentScene } from '../agent-scene.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { startProgram } from '../program.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { openCardStage } from './card-stage.ts'
import { openFloorStage } from './floor-stage.ts'
import type { LoadAnswer, LoadRequest } from './load.ts'
import { measureSamples, type Samples } from './samples.ts'

/**
 * From the post of a ringing call to its card being painted, warm: the worker is awake and connected, the card's script is in
 * the page. The floor is a page in the same browser that shows what its own socket brings.
 */
export const pop: Benchmark = {
  id: 'B1',
  usesBrowser: true,
  run: (signal) =>
    withResources(signal, async (own) => {
      const crm = own(await startCrm())
      // Granted is `localhost`, where the CRM is; the floor's page, at 127.0.0.1, carries nothing of the extension.
      const { relay, browser } = await openAgentScene(own, { grantedSites: ['http://localhost/*'] })
      const floorServer = own(
        startProgram<never, { readonly url: string }>(new URL('floor-server.ts', import.meta.url)),
      )
      const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('load.ts', import.meta.url)))
      const { url: floorUrl } = await floorServer.ready
      await load.ready

      const floor = await openFloorStage(await browser.context.newPage(), floorUrl)
      const crmUrl = `${crm.url.replace('127.0.0.1', 'localhost')}/contacts/ada-winter`
      const card = await openCardStage(await browser.context.newPage(), crmUrl, relay)

      const rounds = await measureRounds({
        name: 'B1',
        measure: (isFloorFirst) =>
          inTurn(
            isFloorFirst,
            () => measureSamples(floor, load),
            () => measureSamples(card, load),
          ),
        floorOf: (round) => round.floor.paintedP50Ms,
        say: console.error,
      })
      return toFigures(rounds)
    }),
}

function toFigures(rounds: readonly { readonly floor: Samples; readonly ours: Samples }[]): readonly Figure[] {
  const toFigure = (name: string, figure: keyof Samples, goal: Figure['goal']): Figure => ({
    name,
    unit: 'ms',
    ours: rounds.map(({ ours }) => ours[figure]),
    floor: rounds.map(({ floor }) => floor[figure]),
    goal,
  })
  return [
    toFigure('B1 card painted, p50', 'paintedP50Ms', { of: 'ratio', atMost: 1.25 }),
    toFigure('B1 card painted, p99', 'paintedP99Ms', { of: 'ratio', atMost: 1.25 }),
    toFigure('B1 card painted, slowest', 'slowestMs', { of: 'ours', atMost: 50, in: 'every round' }),
    toFigure('B1 received in the tab, p50', 'receivedP50Ms', { of: 'ratio', atMost: 4 }),
  ]
}
