import { startPlatform } from '../../platform/platform.ts'
import { signIn } from '../../relay/support/sign-in-flow.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { startProgram } from '../program.ts'
import { startRelayProcess } from '../relay-process.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { createWorkFolder } from '../work-folder.ts'
import type { FanOutAnswer, FanOutRequest } from './load.ts'

/**
 * Events that many clients may see, from the post to the last of them. Ours makes each event durable first, and looks for every
 * event who may see it; the floor stores nothing and sends to everybody.
 */
export const fanOut: Benchmark = {
  id: 'B4',
  run: (signal) =>
    withResources(signal, async (own) => {
      const work = own(await createWorkFolder())
      const platform = own(await startPlatform({ tidy: true }))
      const relay = own(await startRelayProcess(platform, work.path, { RELAY_SUPERVISORS: SUPERVISOR_ID }))
      const { token } = await signIn({ relay }, SUPERVISOR_ID)
      const floor = own(startProgram<never, { readonly url: string }>(new URL('floor-server.ts', import.meta.url)))
      const { url: floorUrl } = await floor.ready
      const load = own(startProgram<FanOutRequest, FanOutAnswer>(new URL('load.ts', import.meta.url)))
      await load.ready

      const figures: Figure[] = []
      for (const { clients, events } of CROWDS) {
        const run = { clients, events, atATime: AT_A_TIME, headers: relay.headers, token }
        const rounds = await measureRounds({
          name: `B4, ${clients} clients`,
          measure: (isFloorFirst) =>
            inTurn(
              isFloorFirst,
              () => load.ask({ ...run, url: floorUrl }),
              () => load.ask({ ...run, url: relay.url }),
            ),
          floorOf: (round) => round.floor.deliveriesPerSecond,
          say: console.error,
        })
        figures.push(
          {
            name: `B4 deliveries to ${clients} clients`,
            unit: '/s',
            ours: rounds.map((round) => round.ours.deliveriesPerSecond),
            floor: rounds.map((round) => round.floor.deliveriesPerSecond),
            goal: { of: 'ratio', atLeast: 1 },
          },
          {
            name: 'B4 their p99, from the post',
            unit: 'ms',
            ours: rounds.map((round) => round.ours.p99Ms),
            floor: rounds.map((round) => round.floor.p99Ms),
            goal: { of: 'ratio', atMost: 1.2 },
          },
        )
      }
      return figures
    }),
}

const SUPERVISOR_ID = '400101'
const AT_A_TIME = 8
/** About as many deliveries each. */
const CROWDS = [
  { clients: 100, events: 1500 },
  { clients: 1000, events: 150 },
  { clients: 5000, events: 30 },
] as const
