import type { Benchmark, Figure } from '../figures.ts'
import { startProgram } from '../program.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { createWorkFolder } from '../work-folder.ts'
import type { AppendAnswer, AppendRequest } from './measure.ts'

/**
 * Events made durable by the log alone, one after the other and 64 at a time. The floor appends the same bytes to a plain
 * file and flushes it: what is there by then shares a flush.
 */
export const append: Benchmark = {
  id: 'B6',
  run: (signal) =>
    withResources(signal, async (own) => {
      const work = own(await createWorkFolder())
      const start = (file: string) => startProgram<AppendRequest, AppendAnswer>(new URL(file, import.meta.url))
      const floor = own(start('floor-program.ts'))
      const ours = own(start('ours-program.ts'))
      await Promise.all([floor.ready, ours.ready])

      const measure = (name: string, run: Pick<AppendRequest, 'events' | 'atATime'>) =>
        measureRounds({
          name,
          measure: (isFloorFirst) =>
            inTurn(
              isFloorFirst,
              () => floor.ask({ folder: work.path, ...run }),
              () => ours.ask({ folder: work.path, ...run }),
            ),
          floorOf: (round) => round.floor.p50Ms,
          say: console.error,
        })
      const single = await measure('B6, one at a time', { events: 500, atATime: 1 })
      const many = await measure('B6, 64 at a time', { events: 30_000, atATime: 64 })
      return [
        {
          name: 'B6 durable append p50, one at a time',
          unit: 'ms',
          ours: single.map((round) => round.ours.p50Ms),
          floor: single.map((round) => round.floor.p50Ms),
          goal: { of: 'ratio', atMost: 1.5 },
        },
        {
          name: 'B6 durable appends, 64 at a time',
          unit: '/s',
          ours: many.map((round) => round.ours.eventsPerSecond),
          floor: many.map((round) => round.floor.eventsPerSecond),
          goal: { of: 'ours', atLeast: 60_000, in: 'median' },
        },
        {
          name: 'B6 lag of the event loop meanwhile, p99',
          unit: 'ms',
          ours: many.map((round) => round.ours.lagP99Ms),
          floor: many.map((round) => round.floor.lagP99Ms),
          goal: { of: 'ours', atMost: 3, in: 'median' },
        },
      ] satisfies readonly Figure[]
    }),
}
