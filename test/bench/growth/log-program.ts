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
  const readCallUs = (await measure(() => readCalls(log, run, events))) / MEASURED_READS
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

/** Calls from everywhere in the log. */
async function readCalls(log: EventLog, run: string, events: number): Promise<void> {
  for (let index = 0; index < MEASURED_READS; index += 1) {
    const found = await log.readSession(
      callOf(run, Math.floor((index / MEASURED_READS) * events)),
      log.headPosition + 1,
    )
    if (found.length === 0) throw new Error('a call of the log should be found in it')
  }
}

function callOf(run: string, number: number): string {
  return `s-${run}-${number % AT_A_TIME}-${Math.floor(number / (AT_A_TIME * EVENTS_PER_CALL))}`
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
