import { startPlatform } from '../../platform/platform.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { type Program, startProgram } from '../program.ts'
import { type RelayProcess, startRelayProcess } from '../relay-process.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { createWorkFolder } from '../work-folder.ts'
import { createEvents } from './events.ts'
import { measureFlush } from './flush.ts'
import type { LoadAnswer, LoadRequest } from './load.ts'
import { countStored } from './stored.ts'

/**
 * Deliveries that are accepted and on the disk. The floor is a server that answers 200 and stores nothing; on one connection,
 * where nothing can share a flush, it is such an answer and one flush after the other.
 */
export const ingest: Benchmark = {
  id: 'B5',
  run: (signal) =>
    withResources(signal, async (own) => {
      const work = own(await createWorkFolder())
      const platform = own(await startPlatform({ tidy: true }))
      const relay = own(await startRelayProcess(platform, work.path))
      const floorProgram = own(
        startProgram<never, { readonly url: string }>(new URL('floor-server.ts', import.meta.url)),
      )
      const floor: Target = { webhookUrl: (await floorProgram.ready).url, headers: relay.headers }
      const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('load.ts', import.meta.url)))
      await load.ready

      const counted = countPosts(load)
      const figures = [
        ...(await measureMany(counted, floor, relay)),
        await measureOne(counted, floor, relay, work.path),
      ]
      await relay.close()
      await assertStored(relay.dataFolder, counted.postsTo(relay))
      return figures
    }),
}

type Target = Pick<RelayProcess, 'webhookUrl' | 'headers'>

interface CountedLoad {
  post(target: Target, run: Pick<LoadRequest, 'connections' | 'posts'>): Promise<LoadAnswer>
  /** Posts that the target has answered 200. */
  postsTo(target: Target): number
}

const MANY = { connections: 64, posts: 8000 }
const ONE = { connections: 1, posts: 500 }

async function measureMany({ post }: CountedLoad, floor: Target, relay: Target): Promise<readonly Figure[]> {
  const rounds = await measureRounds({
    name: 'B5, 64 connections',
    measure: (isFloorFirst) =>
      inTurn(
        isFloorFirst,
        () => post(floor, MANY),
        () => post(relay, MANY),
      ),
    floorOf: (round) => round.floor.postsPerSecond,
    say: console.error,
  })
  return [
    {
      name: 'B5 durable posts, 64 connections',
      unit: '/s',
      ours: rounds.map(({ ours }) => ours.postsPerSecond),
      floor: rounds.map((round) => round.floor.postsPerSecond),
      goal: { of: 'ratio', atLeast: 0.45 },
    },
    {
      name: 'B5 their p99',
      unit: 'ms',
      ours: rounds.map(({ ours }) => ours.p99Ms),
      floor: rounds.map((round) => round.floor.p99Ms),
      goal: { of: 'ours', atMost: 10, in: 'median' },
    },
  ]
}

async function measureOne({ post }: CountedLoad, floor: Target, relay: Target, folder: string): Promise<Figure> {
  const [record = ''] = createEvents(1)
  const measureFloor = async () => (await post(floor, ONE)).p50Ms + (await measureFlush(folder, record, ONE.posts))
  const rounds = await measureRounds({
    name: 'B5, one connection',
    measure: (isFloorFirst) => inTurn(isFloorFirst, measureFloor, async () => (await post(relay, ONE)).p50Ms),
    floorOf: (round) => round.floor,
    say: console.error,
  })
  return {
    name: 'B5 one connection p50, against http + flush',
    unit: 'ms',
    ours: rounds.map(({ ours }) => ours),
    floor: rounds.map((round) => round.floor),
    goal: { of: 'ratio', atMost: 2 },
  }
}

function countPosts(load: Program<LoadRequest, LoadAnswer>): CountedLoad {
  const posts = new Map<Target, number>()
  const postsTo = (target: Target) => posts.get(target) ?? 0
  return {
    postsTo,
    async post(target, run) {
      const answer = await load.ask({ url: target.webhookUrl, headers: target.headers, ...run })
      posts.set(target, postsTo(target) + run.posts)
      return answer
    },
  }
}

/** A relay that answers without storing would be fast. */
async function assertStored(dataFolder: string, accepted: number): Promise<void> {
  const stored = await countStored(dataFolder)
  if (stored !== accepted)
    throw new Error(`B5 does not count: of ${accepted} accepted events ${stored} are in the log.`)
}
