import type { Figure } from '../figures.ts'
import type { LoadAnswer, LoadRequest } from '../ingest/load.ts'
import { type Program, startProgram } from '../program.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import type { Pair } from './pair.ts'

const CONNECTIONS = 64
const POSTS = 6000

/** Durable posts that two relays take together; the floor is one of them, which takes all of them itself. */
export async function measureSpread({ relays: [one, two] }: Pair): Promise<Figure> {
  const [first, second] = [startLoad(), startLoad()]
  try {
    await Promise.all([first.ready, second.ready])
    const post = (load: typeof first, { webhookUrl, headers }: Pair['relays'][number], share: number) =>
      load.ask({ url: webhookUrl, headers, connections: CONNECTIONS * share, posts: POSTS * share })
    const rounds = await measureRounds({
      name: 'B17, two relays against one',
      measure: (isFloorFirst) =>
        inTurn(
          isFloorFirst,
          // By two programs as well, so that only the number of relays differs.
          () => together([post(first, one, 0.5), post(second, one, 0.5)]),
          () => together([post(first, one, 0.5), post(second, two, 0.5)]),
        ),
      floorOf: ({ floor }) => floor,
      say: console.error,
    })
    return {
      name: 'B17 durable posts, 64 connections, two relays beside one',
      unit: '/s',
      ours: rounds.map(({ ours }) => ours),
      floor: rounds.map(({ floor }) => floor),
      goal: { of: 'ratio', atLeast: 1 },
    }
  } finally {
    await Promise.all([first.close(), second.close()])
  }
}

function startLoad(): Program<LoadRequest, LoadAnswer> {
  return startProgram<LoadRequest, LoadAnswer>(new URL('../ingest/load.ts', import.meta.url))
}

/** Posts a second of loads that run at the same time. */
async function together(loads: readonly Promise<LoadAnswer>[]): Promise<number> {
  const answers = await Promise.all(loads)
  return answers.reduce((sum, { postsPerSecond }) => sum + postsPerSecond, 0)
}
