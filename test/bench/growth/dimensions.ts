import { join } from 'node:path'
import { SECOND_MS } from '../../../shared/time.ts'
import { startPlatform } from '../../platform/platform.ts'
import { readMetric } from '../../support/read-metric.ts'
import type { AgentsAnswer, AgentsRequest } from '../agents/drive.ts'
import { type Program, startProgram } from '../program.ts'
import { startRelayProcess } from '../relay-process.ts'
import type { Own } from '../resources.ts'
import { startFollower } from '../tracker/follower-process.ts'
import { STEADY_RUN } from '../tracker/tracker.ts'
import { createWorkFolder } from '../work-folder.ts'
import type { CallsAnswer, CallsRequest } from './calls-program.ts'
import type { Dimension } from './dimension.ts'
import type { LogAnswer, LogRequest } from './log-program.ts'
import type { PacedAnswer, PacedRequest } from './paced-load.ts'

/** What grows as a company does: how much it calls, how many people look, how much has been. */
export const DIMENSIONS: readonly Dimension[] = [
  { name: 'events a second', works: ['of the relay for an event'], sizes: [2, 20, 200, 2000], measure: measureRate },
  {
    name: 'live calls',
    works: ['for an event of one of them'],
    sizes: [10, 100, 1000, 10_000],
    async measure(liveCalls, own) {
      const follower = own(await startFollower('ours'))
      const { eventsPerSecond } = await follower.measure({ liveCalls, ...STEADY_RUN })
      return [1e6 / eventsPerSecond]
    },
  },
  {
    name: 'people who look',
    works: ['to decide about an event'],
    sizes: [100, 1000, 10_000, 100_000],
    async measure(agents, own) {
      const program = own(startProgram<AgentsRequest, AgentsAnswer>(at('../agents/ours-program.ts')))
      return [(await askOnce(program, { agents, events: 20_000 })).cpuUsPerEvent]
    },
  },
  {
    // A day of 500 people who call is six hundred thousand.
    name: 'events in the log',
    works: ['to open it, for each', 'to add another', 'to find a call'],
    sizes: [1000, 10_000, 100_000, 1_000_000],
    async measure(events, own) {
      const work = own(await createWorkFolder())
      const program = own(startProgram<LogRequest, LogAnswer>(at('log-program.ts')))
      const { openUs, appendUs, readCallUs } = await askOnce(program, { folder: join(work.path, 'log'), events })
      return [openUs, appendUs, readCallUs]
    },
  },
  {
    name: 'stored calls',
    works: ['to add one up in the reports'],
    sizes: [100, 1000, 10_000, 100_000],
    async measure(calls, own) {
      const program = own(startProgram<CallsRequest, CallsAnswer>(at('calls-program.ts')))
      return [(await askOnce(program, { calls })).callUs]
    },
  },
]

const MEASURED_MS = 5 * SECOND_MS

/** What the relay's process works in this time, for each event that comes; with few of them it is mostly what it does anyway. */
async function measureRate(postsPerSecond: number, own: Own): Promise<readonly number[]> {
  const work = own(await createWorkFolder())
  const platform = own(await startPlatform({ tidy: true }))
  const relay = own(await startRelayProcess(platform, work.path))
  const load = own(startProgram<PacedRequest, PacedAnswer>(at('paced-load.ts')))
  await load.ready
  const request = { url: relay.webhookUrl, headers: relay.headers, durationMs: MEASURED_MS }
  // Compiled before it counts.
  await load.ask({ ...request, postsPerSecond: 500, durationMs: 2 * SECOND_MS })
  const beforeS = await cpuSeconds(relay.url)
  const { posts, lateMs } = await load.ask({ ...request, postsPerSecond })
  const usedS = (await cpuSeconds(relay.url)) - beforeS
  if (lateMs > SECOND_MS)
    throw new Error(`the relay should keep up with ${postsPerSecond} posts a second, but is ${lateMs} ms late`)
  return [(usedS * 1e6) / posts]
}

const cpuSeconds = (url: string) => readMetric(url, 'process_cpu_seconds_total')

function at(file: string): URL {
  return new URL(file, import.meta.url)
}

async function askOnce<Request extends object, Answer>(program: Program<Request, Answer>, request: Request) {
  await program.ready
  return program.ask(request)
}
