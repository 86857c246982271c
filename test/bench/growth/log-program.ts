import { randomUUID } from 'node:crypto'
import { openDataFolder } from '../../../relay/log/data-folder.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import { serveRequests } from '../serve-requests.ts'

/** The relay's log with so many events in it: what it costs to open it, to add to it, and to find a call in it. */

export interface LogRequest {
  /** Where it is to be. */
  readonly folder: string
  /** How many events it has before anything is measured. */
  readonly events: number
}

/** µs of this thread's own work. */
export interface LogAnswer {
  /** For each event that is in it. */
  readonly openUs: number
  readonly appendUs: number
  readonly readCallUs: number
}

const AT_A_TIME = 64
const EVENTS_PER_CALL = 11
const MEASURED_APPENDS = 20_000
const MEASURED_READS = 2_000
/** As many begin at the same time, and have all their events before the next ones begin. */
const GROUP_EVENTS = AT_A_TIME * EVENTS_PER_CALL
const TEXT = 'x'.repeat(780)

serveRequests<LogRequest, LogAnswer>(async ({ folder, events }) => {
  const run = randomUUID()
  const filled = await openDataFolder(folder)
  await append(filled.log, run, 0, events)
  await filled.close()
  const before = process.threadCpuUsage()
  const { log, close } = await openDataFolder(folder)
  const openUs = usSince(before) / events
  const appendUs = (await measure(() => append(log, run, events, events + MEASURED_APPENDS))) / MEASURED_APPENDS
  // Compiled before it counts, by calls that are not measured.
  await readCalls(log, listCalls(run, events + GROUP_EVENTS, events + MEASURED_APPENDS))
  const calls = listCalls(run, 0, events)
  const readCallUs = (await measure(() => readCalls(log, calls))) / calls.length
  await close()
  return { openUs, appendUs, readCallUs }
})

/** Adds events, those of neighbouring numbers to different calls. */
async function append(log: EventLog, run: string, from: number, to: number): Promise<void> {
  let next = from
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      while (next < to) {
        const number = next
        next += 1
        await log.append({
          uuid: `${run}-${number}`,
          telephonySessionId: callOf(run, number),
          extensionIds: ['400102'],
          receivedAtMs: Date.now(),
          text: TEXT,
        })
      }
    }),
  )
}

/** Calls from everywhere between these events, each once: the second time it would be found in memory. */
function listCalls(run: string, from: number, to: number): readonly string[] {
  const numbers = Array.from({ length: MEASURED_READS }, (_, index) =>
    Math.floor(from + (index / MEASURED_READS) * (to - from)),
  )
  return [...new Set(numbers.map((number) => callOf(run, number)))]
}

async function readCalls(log: EventLog, calls: readonly string[]): Promise<void> {
  for (const call of calls) {
    const found = await log.readSession(call, log.headPosition + 1)
    if (found.length === 0) throw new Error('a call of the log should be found in it')
  }
}

function callOf(run: string, number: number): string {
  return `s-${run}-${number % AT_A_TIME}-${Math.floor(number / GROUP_EVENTS)}`
}

async function measure(act: () => Promise<void>): Promise<number> {
  const before = process.threadCpuUsage()
  await act()
  return usSince(before)
}

function usSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before)
  return user + system
}
