import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPlatform } from '../../platform/platform.ts'
import { signIn } from '../../relay/support/sign-in-flow.ts'
import type { Benchmark, Figure } from '../figures.ts'
import { createEvents } from '../ingest/events.ts'
import type { LoadAnswer, LoadRequest } from '../ingest/load.ts'
import { startProgram } from '../program.ts'
import { type RelayProcess, startRelayProcess } from '../relay-process.ts'
import { withResources } from '../resources.ts'
import { inTurn, measureRounds } from '../rounds.ts'
import { createWorkFolder } from '../work-folder.ts'
import type { ReadAnswer, ReadRequest } from './read.ts'

/**
 * A client that is sent a hundred thousand events, in order and without a gap, and a relay that starts with them. The floor
 * reads the same events from a plain file and parses them.
 */
export const resume: Benchmark = {
  id: 'B7',
  run: (signal) =>
    withResources(signal, async (own) => {
      const work = own(await createWorkFolder())
      const platform = own(await startPlatform({ tidy: true, rateLimits: MANY_REQUESTS }))
      const start = () => startRelayProcess(platform, work.path, { RELAY_SUPERVISORS: SUPERVISOR_ID })
      const first = own(await start())
      const { token } = await signIn({ relay: first }, SUPERVISOR_ID)
      const load = own(startProgram<LoadRequest, LoadAnswer>(new URL('../ingest/load.ts', import.meta.url)))
      await load.ready
      console.error(`B7: filling the log with ${EVENTS} events`)
      await load.ask({ url: first.webhookUrl, headers: first.headers, connections: 64, posts: EVENTS })
      await first.close()
      const file = join(work.path, 'events')
      await writeFile(file, createEvents(EVENTS).join('\n'))

      const starts = await measureStarts(start)
      const relay = own(await start())
      const program = (name: string) => startProgram<ReadRequest, ReadAnswer>(new URL(name, import.meta.url))
      const floor = own(program('read-file.ts'))
      const client = own(program('read.ts'))
      await Promise.all([floor.ready, client.ready])
      const request: ReadRequest = { url: relay.url, token, file, events: EVENTS }
      const rounds = await measureRounds({
        name: `B7, ${EVENTS} events`,
        measure: (isFloorFirst) =>
          inTurn(
            isFloorFirst,
            () => floor.ask(request),
            () => client.ask(request),
          ),
        floorOf: (round) => round.floor.durationMs,
        say: console.error,
      })
      return [
        {
          name: `B7 ${EVENTS.toLocaleString('en')} events to one client`,
          unit: 'ms',
          ours: rounds.map((round) => round.ours.durationMs),
          floor: rounds.map((round) => round.floor.durationMs),
          goal: { of: 'ratio', atMost: 1.3 },
        },
        {
          name: 'B7 accepting again with them, against an empty start',
          unit: 'ms',
          ours: starts.full,
          floor: starts.empty,
          goal: { of: 'ours', atMost: 1000, in: 'median' },
        },
      ] satisfies readonly Figure[]
    }),
}

const SUPERVISOR_ID = '400101'
const EVENTS = 100_000
const STARTS = 5
/** A relay that is started again and again logs in as often. */
const MANY_REQUESTS = { Light: 1000, Medium: 1000, Heavy: 1000, Auth: 1000 }

/** From starting the process until it is ready for deliveries; without events in a folder of its own each time. */
async function measureStarts(start: () => Promise<RelayProcess>): Promise<{ full: number[]; empty: number[] }> {
  const full: number[] = []
  const empty: number[] = []
  for (let round = 0; round < STARTS; round++) {
    full.push(await timeStart(start))
    const work = await createWorkFolder()
    const platform = await startPlatform({ tidy: true, rateLimits: MANY_REQUESTS })
    empty.push(await timeStart(() => startRelayProcess(platform, work.path)))
    await platform.close()
    await work.close()
  }
  return { full, empty }
}

async function timeStart(start: () => Promise<RelayProcess>): Promise<number> {
  const startMs = performance.now()
  const relay = await start()
  const tookMs = performance.now() - startMs
  await relay.close()
  return tookMs
}
