import { join } from 'node:path'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import { startPlatform } from '../../platform/platform.ts'
import { startProgram } from '../program.ts'
import { type RelayProcess, startRelayProcess } from '../relay-process.ts'
import type { Own } from '../resources.ts'
import { signInMany } from '../sign-in-many.ts'
import { createWorkFolder } from '../work-folder.ts'
import type { Arrival, DayAnswer, DayRequest } from './load.ts'
import { inventOffice } from './office.ts'
import { freeMemory, readVitals, type Vitals } from './vitals.ts'

/** A server with everybody's clients at it. */
export interface UnderTest {
  readonly pid: number
  readVitals(): Promise<Vitals>
  freeMemory(): Promise<void>
  play(stretch: number): Promise<DayAnswer>
}

const SUPERVISOR_IDS = ['500001', '500002', '500003', '500004', '500005']
const MANY_REQUESTS = { Light: 1000, Medium: 1000, Heavy: 1000, Auth: 1000 }

const office = inventOffice()
/** Who comes, and whose calls they see; `undefined`: everybody's. */
const COMING = [
  ...SUPERVISOR_IDS.map((id) => ({ id, extensionId: undefined })),
  ...office.queues.flatMap(({ agents }) => agents.map(({ extensionId }) => ({ id: extensionId, extensionId }))),
]

export async function startFloor(own: Own): Promise<UnderTest> {
  const work = own(await createWorkFolder())
  const file = new URL('floor-server.ts', import.meta.url)
  const program = own(startProgram<never, { readonly url: string }>(file, [join(work.path, 'events')]))
  const { url } = await program.ready
  const arriving = COMING.map(({ extensionId }) => ({ token: extensionId ?? 'all', extensionId }))
  return fill(own, { url, pid: program.pid, headers: {} }, arriving)
}

export async function startOurs(own: Own): Promise<UnderTest> {
  const work = own(await createWorkFolder())
  const platform = own(await startPlatform({ tidy: true, company: office, rateLimits: MANY_REQUESTS }))
  const folder = await openDataFolder(join(work.path, 'relay'))
  const tokens = await signInMany(
    folder,
    platform.accountId,
    COMING.map(({ id }) => id),
  )
  await folder.close()
  const relay = own(
    await startRelayProcess(platform, work.path, {
      RELAY_SUPERVISORS: SUPERVISOR_IDS.join(),
      NODE_OPTIONS: `--import=${new URL('collect-on-signal.ts', import.meta.url)}`,
    }),
  )
  const arriving = COMING.map(({ extensionId }, index) => ({ token: tokens[index] ?? '', extensionId }))
  return fill(own, relay, arriving)
}

/** Everybody comes to work. */
async function fill(
  own: Own,
  { url, headers, pid }: Pick<RelayProcess, 'url' | 'headers' | 'pid'>,
  arriving: readonly Arrival[],
): Promise<UnderTest> {
  if (pid === undefined) throw new Error(`The server at ${url} should have a process.`)
  const load = own(startProgram<DayRequest, DayAnswer>(new URL('load.ts', import.meta.url)))
  await load.ready
  await load.ask({ url, headers, what: { arriving } })
  return {
    pid,
    readVitals: () => readVitals(url),
    freeMemory: () => freeMemory({ url, pid }),
    play: (stretch) => load.ask({ url, headers, what: { stretch } }),
  }
}
