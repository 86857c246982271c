import type { AppendAnswer, AppendRequest } from '../append/measure.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { startProgram } from '../program.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { createWorkFolder } from '../work-folder.ts'
import { isRedisThere, startBenchedRedis } from './server.ts'

/**
 * Events made durable by the log on Redis, one after the other and 64 at a time. The floor is Redis' own benchmark, which adds bare
 * entries of the same size to a stream of the same server, and beside it stands the log in a folder, on the same disk.
 */
export const redis: Benchmark = {
  id: 'B16',
  async run(signal) {
    if (!isRedisThere()) {
      console.error('B16 is skipped because redis-server is not installed (on Debian: apt-get install redis-server).')
      return []
    }
    return withResources(signal, async (own) => {
      const work = own(await createWorkFolder())
      const server = own(await startBenchedRedis(work.path))
      const ours = own(
        startProgram<AppendRequest, AppendAnswer>(new URL('ours-program.ts', import.meta.url), [server.url]),
      )
      const inFolder = own(
        startProgram<AppendRequest, AppendAnswer>(new URL('../append/ours-program.ts', import.meta.url)),
      )
      await Promise.all([ours.ready, inFolder.ready])
      const measure = (name: string, run: Omit<AppendRequest, 'folder'>) =>
        measureRounds({
          name,
          measure: async (isFloorFirst) => ({
            ...(await inTurn(
              isFloorFirst,
              () => server.addEntries(run),
              () => ours.ask({ folder: work.path, ...run }),
            )),
            inFolder: await inFolder.ask({ folder: work.path, ...run }),
          }),
          floorOf: (round) => round.floor.p50Ms,
          say: console.error,
        })
      const single = await measure('B16, one at a time', { events: 500, atATime: 1 })
      const many = await measure('B16, 64 at a time', { events: 20_000, atATime: 64 })
      return [
        {
          name: 'B16 durable append on Redis p50, one at a time',
          unit: 'ms',
          ours: single.map((round) => round.ours.p50Ms),
          floor: single.map((round) => round.floor.p50Ms),
          goal: { of: 'ratio', atMost: 2 },
        },
        {
          name: 'B16 the same, beside the log in a folder',
          unit: 'ms',
          ours: single.map((round) => round.ours.p50Ms),
          floor: single.map((round) => round.inFolder.p50Ms),
          goal: { of: 'ratio', atMost: 5 },
        },
        {
          name: 'B16 durable appends on Redis, 64 at a time',
          unit: '/s',
          ours: many.map((round) => round.ours.eventsPerSecond),
          floor: many.map((round) => round.floor.eventsPerSecond),
          goal: { of: 'ours', atLeast: 2_000, in: 'median' },
        },
        {
          name: 'B16 the same, beside the log in a folder',
          unit: '/s',
          ours: many.map((round) => round.ours.eventsPerSecond),
          floor: many.map((round) => round.inFolder.eventsPerSecond),
          goal: { of: 'ours', atLeast: 2_000, in: 'median' },
        },
      ] satisfies readonly Figure[]
    })
  },
}
