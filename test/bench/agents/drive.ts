import type { LoggedEvent } from '../../../relay/log/event-log.ts'
import { collectGarbage } from '../tracker/garbage.ts'
import type { Account } from './account.ts'
import { EVENTS_AT_A_TIME, inventAccount } from './account.ts'

/** What sends events on to listeners that have no sockets: they count what they are handed. */
export interface FanOutUnderTest {
  /** Events of calls that go on already; nobody is sent them. */
  remember(events: readonly LoggedEvent[]): void
  /** Takes all listeners on. */
  join(account: Account, count: (bytes: number) => void): void
  /** Resolves when the events have been handed to all who may see them. */
  passOn(events: readonly LoggedEvent[]): Promise<void>
}

export interface AgentsRequest {
  readonly agents: number
  readonly events: number
}

export interface AgentsAnswer {
  /** Of the thread's own work, from events being durable until they are handed to the sockets. */
  readonly eventsPerSecond: number
  readonly cpuUsPerEvent: number
  /** Held for a listener, without its socket. */
  readonly kBPerAgent: number
  readonly frames: number
  readonly frameBytes: number
}

export async function driveFanOut({ agents, events }: AgentsRequest, fanOut: FanOutUnderTest): Promise<AgentsAnswer> {
  const account = inventAccount(agents, events)
  const told = { frames: 0, frameBytes: 0 }
  fanOut.remember(account.opening)
  const beforeBytes = heapBytes()
  fanOut.join(account, (bytes) => {
    told.frames += 1
    told.frameBytes += bytes
  })
  const kBPerAgent = (heapBytes() - beforeBytes) / agents / 1000
  const half = Math.floor(account.events.length / 2)
  await passAllOn(account.events.slice(0, half))
  const measured = account.events.slice(half)
  const before = { ...told, cpu: process.threadCpuUsage() }
  await passAllOn(measured)
  const { user, system } = process.threadCpuUsage(before.cpu)
  const cpuUsPerEvent = (user + system) / measured.length
  return {
    eventsPerSecond: 1e6 / cpuUsPerEvent,
    cpuUsPerEvent,
    kBPerAgent,
    frames: told.frames - before.frames,
    frameBytes: told.frameBytes - before.frameBytes,
  }

  async function passAllOn(all: readonly LoggedEvent[]): Promise<void> {
    for (let first = 0; first < all.length; first += EVENTS_AT_A_TIME) {
      await fanOut.passOn(all.slice(first, first + EVENTS_AT_A_TIME))
    }
  }
}

/** Collecting once leaves what is freed by collecting. */
function heapBytes(): number {
  for (let times = 0; times < 3; times += 1) collectGarbage()
  return process.memoryUsage().heapUsed
}
