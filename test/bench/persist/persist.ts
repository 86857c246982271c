import { openAgentScene } from '../agent-scene.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { createEvents } from '../ingest/events.ts'
import type { LoadAnswer, LoadRequest } from '../ingest/load.ts'
import { startProgram } from '../program.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { openStorePage } from './store-page.ts'

/**
 * Events that came while the worker was away, taken in and written down when it is woken. What waking and connecting cost is
 * taken out: it is the time for many less the time for few. The floor writes the same events with nothing around them.
 */
export const persist: Benchmark = {
  id: 'B8',
  usesBrowser: true,
  run: (signal) =>
    withResources(signal, async (own) => {
      const { relay, browser } = await openAgentScene(own)
      const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('../ingest/load.ts', import.meta.url)))
      await load.ready
      const store = await openStorePage(browser)
      const events = createEvents(MANY - FEW).map((body) => JSON.parse(body) as unknown)

      const takeIn = async (posts: number) => {
        await store.endWorker()
        await load.ask({ url: relay.webhookUrl, headers: relay.headers, connections: 8, posts })
        return store.wakeAndWait(posts)
      }
      const measureOurs = async () => {
        const fewMs = await takeIn(FEW)
        return perSecond((await takeIn(MANY)) - fewMs)
      }
      const measureFloor = async () => perSecond(await store.writeBare(events, AT_A_TIME))

      const rounds = await measureRounds({
        name: 'B8',
        measure: (isFloorFirst) => inTurn(isFloorFirst, measureFloor, measureOurs),
        floorOf: (round) => round.floor,
        say: console.error,
      })
      return [
        {
          name: `B8 events taken in and persisted, ${(MANY - FEW).toLocaleString('en')}`,
          unit: '/s',
          ours: rounds.map(({ ours }) => ours),
          floor: rounds.map(({ floor }) => floor),
          goal: { of: 'ratio', atLeast: 0.8 },
        },
      ] satisfies readonly Figure[]
    }),
}

/** Whole calls: the load makes 64 at a time, of eleven events each. */
const FEW = 64 * 11
const MANY = 16 * FEW
const AT_A_TIME = 50

function perSecond(durationMs: number): number {
  return ((MANY - FEW) / durationMs) * 1000
}
