import { join } from 'node:path'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import { startPlatform } from '../../platform/platform.ts'
import type { Benchmark, Figure } from '../figures.ts'
import type { LoadAnswer, LoadRequest } from '../ingest/load.ts'
import { measureMorning } from '../morning/morning.ts'
import { startProgram } from '../program.ts'
import { startRelayProcess } from '../relay-process.ts'
import { type Closeable, withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { signInMany } from '../sign-in-many.ts'
import { createWorkFolder } from '../work-folder.ts'
import type { CrowdAnswer, CrowdRequest } from './crowd.ts'

/**
 * What a client costs that only waits, and how soon a thousand of them have what they missed when they all come back at
 * once, with events being posted meanwhile. Each is a browser of its own, signed in by itself. The floor is a bare server of
 * WebSockets, without a log; in the storm it sends each client as much as the relay does, from memory. Then a morning:
 * everybody comes back a day behind.
 */
export const idle: Benchmark = {
  id: 'B10',
  run: async (signal) => [...(await measureCrowd(signal)), ...(await measureMorning(signal))],
}

function measureCrowd(signal: AbortSignal): Promise<readonly Figure[]> {
  return withResources(signal, async (own) => {
    const work = own(await createWorkFolder())
    const platform = own(await startPlatform({ tidy: true, rateLimits: MANY_REQUESTS }))
    const tokens = await signInCrowd(work.path, platform.accountId)
    const crowd = own(startProgram<CrowdRequest, CrowdAnswer>(new URL('crowd.ts', import.meta.url)))
    const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('../ingest/load.ts', import.meta.url)))
    await Promise.all([crowd.ready, load.ready])

    // Memory that clients of an earlier round took would be taken again: each round has servers of its own.
    const weigh = (start: () => Promise<Closeable & { readonly url: string }>) =>
      // A signal of its own for each round: what listens to it goes with it.
      withResources(AbortSignal.any([signal]), async (ownInRound) => {
        const { url } = ownInRound(await start())
        return crowd.ask({ url, tokens, behind: 0, early: EARLY_CLIENTS })
      })
    const startRelay = () => startRelayProcess(platform, work.path, { ...SETTINGS, NODE_OPTIONS: SMALL_YOUNG_HEAP })
    const startFloor = async () => {
      const program = startProgram<never, { readonly url: string }>(FLOOR, [], [SMALL_YOUNG_HEAP])
      return { ...(await program.ready), close: () => program.close() }
    }
    const weights = await measureRounds({
      name: `B10, ${IDLE_CLIENTS} idle clients`,
      measure: (isFloorFirst) =>
        inTurn(
          isFloorFirst,
          () => weigh(startFloor),
          () => weigh(startRelay),
        ),
      floorOf: (round) => round.floor.kBPerClient,
      say: console.error,
    })

    const relay = own(await startRelayProcess(platform, work.path, SETTINGS))
    const floorProgram = own(startProgram<never, { readonly url: string }>(STORM_FLOOR, [String(BEHIND)]))
    const { url: floorUrl } = await floorProgram.ready
    const post = (url: string, posts: number, connections: number) =>
      load.ask({ url: `${url}/webhook`, headers: relay.headers, posts, connections })
    await post(relay.url, BEHIND, 8)
    const storm = async (url: string) => {
      const [{ durationMs }, { p99Ms }] = await Promise.all([
        crowd.ask({ url, tokens: tokens.slice(0, STORM_CLIENTS), behind: BEHIND, early: 0 }),
        post(url, STORM_POSTS, 1),
      ])
      return { durationMs, p99Ms }
    }
    const storms = await measureRounds({
      name: `B10, ${STORM_CLIENTS} clients come back`,
      measure: (isFloorFirst) =>
        inTurn(
          isFloorFirst,
          () => storm(floorUrl),
          () => storm(relay.url),
        ),
      floorOf: (round) => round.floor.durationMs,
      say: console.error,
    })
    return [
      {
        name: 'B10 memory per idle client',
        unit: 'kB',
        ours: weights.map((round) => round.ours.kBPerClient),
        floor: weights.map((round) => round.floor.kBPerClient),
        goal: { of: 'ours', atMost: 15, in: 'median' },
      },
      {
        name: `B10 ${STORM_CLIENTS} clients back, each ${BEHIND} events behind`,
        unit: 'ms',
        ours: storms.map((round) => round.ours.durationMs),
        floor: storms.map((round) => round.floor.durationMs),
        goal: { of: 'ours', atMost: 2000, in: 'median' },
      },
      {
        name: 'B10 posts meanwhile, p99',
        unit: 'ms',
        ours: storms.map((round) => round.ours.p99Ms),
        floor: storms.map((round) => round.floor.p99Ms),
        goal: { of: 'ours', atMost: 50, in: 'median' },
      },
    ] satisfies readonly Figure[]
  })
}

/** Signs in a browser for each client, before the relay begins: all of a person who sees every event. */
async function signInCrowd(folder: string, accountId: string): Promise<readonly string[]> {
  const data = await openDataFolder(join(folder, 'relay'))
  try {
    return await signInMany(data, accountId, new Array(EARLY_CLIENTS + IDLE_CLIENTS).fill(SUPERVISOR_ID))
  } finally {
    await data.close()
  }
}

const FLOOR = new URL('../fan-out/floor-server.ts', import.meta.url)
const STORM_FLOOR = new URL('../morning/floor-server.ts', import.meta.url)
const SUPERVISOR_ID = '400101'
const SETTINGS = { RELAY_SUPERVISORS: SUPERVISOR_ID }
/** A relay that is started for every round logs in as often. */
const MANY_REQUESTS = { Light: 1000, Medium: 1000, Heavy: 1000, Auth: 1000 }
const IDLE_CLIENTS = 4000
/**
 * Whatever is new is first in a part of the heap that V8 lets grow to 96 MB, in steps, however many clients there are: with it the
 * figure says when a step was taken. So that part is kept small, of both, and filled by the first clients; what is measured is
 * the next ones, with the garbage that they leave in the rest of the heap.
 */
const SMALL_YOUNG_HEAP = '--max-semi-space-size=2'
const EARLY_CLIENTS = 1000
const STORM_CLIENTS = 1000
const BEHIND = 100
const STORM_POSTS = 100
