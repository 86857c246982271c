import { startPlatform } from '../../platform/platform.ts'
import type { Figure } from '../figures.ts'
import type { LoadAnswer, LoadRequest } from '../ingest/load.ts'
import { startProgram } from '../program.ts'
import { startRelayProcess } from '../relay-process.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { createWorkFolder } from '../work-folder.ts'
import { fillDay } from './fill.ts'
import type { PeopleAnswer, PeopleRequest } from './people.ts'

/**
 * A morning: five hundred people come back who are a day behind, and deliveries go on meanwhile. The floor sends as much from
 * memory, and answers posts without keeping them.
 */
export function measureMorning(signal: AbortSignal): Promise<readonly Figure[]> {
  return withResources(signal, async (own) => {
    const work = own(await createWorkFolder())
    const platform = own(await startPlatform({ tidy: true, rateLimits: MANY_REQUESTS }))
    const day = await fillDay({ folder: work.path, accountId: platform.accountId, people: PEOPLE, events: EVENTS })
    const relay = own(await startRelayProcess(platform, work.path))
    const floorProgram = own(startProgram<never, { readonly url: string }>(FLOOR, [String(day.eventsEach)]))
    const { url: floorUrl } = await floorProgram.ready
    const people = own(startProgram<PeopleRequest, PeopleAnswer>(new URL('people.ts', import.meta.url)))
    const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('../ingest/load.ts', import.meta.url)))
    await Promise.all([people.ready, load.ready])

    const comeBack = async (url: string) => {
      const [{ durationMs }, { p99Ms }] = await Promise.all([
        people.ask({ url, ...day }),
        load.ask({ url: `${url}/webhook`, headers: relay.headers, posts: POSTS, connections: 1 }),
      ])
      return { durationMs, p99Ms }
    }
    const rounds = await measureRounds({
      name: `B10, ${PEOPLE} people a day behind`,
      measure: (isFloorFirst) =>
        inTurn(
          isFloorFirst,
          () => comeBack(floorUrl),
          () => comeBack(relay.url),
        ),
      floorOf: (round) => round.floor.durationMs,
      say: console.error,
    })
    return [
      {
        name: `B10 ${PEOPLE} people back, ${EVENTS} events behind in all`,
        unit: 'ms',
        ours: rounds.map(({ ours }) => ours.durationMs),
        floor: rounds.map(({ floor }) => floor.durationMs),
        goal: { of: 'ours', atMost: 60_000, in: 'every round' },
      },
      {
        name: 'B10 posts meanwhile, p99 of a morning',
        unit: 'ms',
        ours: rounds.map(({ ours }) => ours.p99Ms),
        floor: rounds.map(({ floor }) => floor.p99Ms),
        goal: { of: 'ours', atMost: 50, in: 'median' },
      },
    ] satisfies readonly Figure[]
  })
}

const FLOOR = new URL('floor-server.ts', import.meta.url)
const MANY_REQUESTS = { Light: 1000, Medium: 1000, Heavy: 1000, Auth: 1000 }
const PEOPLE = 500
const EVENTS = 300_000
/** One after the other; they take longer than everybody's arrival. */
const POSTS = 1000
