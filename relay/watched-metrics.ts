import { Counter, Gauge, type Registry } from 'prom-client'
import { SECOND_MS } from '../shared/time.ts'
import { METRICS, type MetricDefinition } from './metric-table.ts'

/** Which limit a connection was beyond: that of its address, or that of all. */
export type ConnectionLimit = keyof typeof METRICS.refusedConnections.labels.limit

/** Sources of the metrics that are looked up at each scrape. */
export interface MetricSources {
  readonly log: {
    readonly headPosition: number
    readonly oldestPosition: number
    readonly usedBytes: number
    readonly isWritable: boolean
  }
  nowMs(): number
  clients(): ClientFigures
  /** Requests and sockets that failed since the start. */
  failures(): number
  /** Connections that were cut for being too many. */
  refusedConnections(limit: ConnectionLimit): number
  /** Log lines that were not taken from the output. */
  lostLogLines(): number
  /** How the webhook subscription stands. */
  subscription(): { readonly status: string; readonly expiresAtMs: number | undefined }
  /** Whether this relay is the owner, of those that share what they keep. */
  isOwner(): boolean
  lastEventAtMs(): number | undefined
  /** How many calls stand in which way on their way to the CRM; `undefined` without one. */
  crmRecords(): Readonly<Record<CrmRecordState, number>> | undefined
}

export type CrmRecordState = keyof typeof METRICS.crmRecords.labels.state

export interface ClientFigures {
  /** Clients that said hello. */
  readonly clients: number
  /** Sockets whose owner is not known yet. */
  readonly strangers: number
  /** Events of the log that clients who catch up have yet to be sent, added up. */
  readonly backlogEvents: number
  /** Bytes that were sent and not yet taken, added up. */
  readonly backlogBytes: number
}

/** Adds the metrics that are looked up at each scrape to the registry. */
export function watchSources(registry: Registry, sources: MetricSources): void {
  const { gauge, counter } = metersIn(registry)
  const { log, nowMs, clients, subscription, lastEventAtMs } = sources
  counter(METRICS.failures, sources.failures)
  counter(METRICS.lostLogLines, sources.lostLogLines)
  const { name, help, labels } = METRICS.refusedConnections
  new Counter({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [registry],
    collect() {
      this.reset()
      for (const limit of Object.keys(labels.limit) as ConnectionLimit[]) {
        this.inc({ limit }, sources.refusedConnections(limit))
      }
    },
  })
  new Gauge({
    name: METRICS.crmRecords.name,
    help: METRICS.crmRecords.help,
    labelNames: Object.keys(METRICS.crmRecords.labels),
    registers: [registry],
    collect() {
      this.reset()
      for (const [state, records] of Object.entries(sources.crmRecords() ?? {})) this.set({ state }, records)
    },
  })
  gauge(METRICS.clients, () => clients().clients)
  gauge(METRICS.strangers, () => clients().strangers)
  gauge(METRICS.backlogEvents, () => clients().backlogEvents)
  gauge(METRICS.backlogBytes, () => clients().backlogBytes)
  gauge(METRICS.subscriptionActive, () => (subscription().status === 'Active' ? 1 : 0))
  gauge(METRICS.subscriptionSecondsToEnd, () => {
    const { expiresAtMs } = subscription()
    return expiresAtMs === undefined ? undefined : (expiresAtMs - nowMs()) / SECOND_MS
  })
  gauge(METRICS.owner, () => (sources.isOwner() ? 1 : 0))
  gauge(METRICS.lastEvent, () => {
    const ms = lastEventAtMs()
    return ms === undefined ? undefined : ms / SECOND_MS
  })
  gauge(METRICS.logHead, () => log.headPosition)
  gauge(METRICS.logOldest, () => log.oldestPosition)
  gauge(METRICS.logBytes, () => log.usedBytes)
  gauge(METRICS.logWritable, () => (log.isWritable ? 1 : 0))
  gauge(METRICS.heapBytes, () => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  })
  gauge(METRICS.residentBytes, () => process.memoryUsage.rss())
  counter(METRICS.cpuSeconds, () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / SECOND_US
  })
  gauge(METRICS.startTime, () => performance.timeOrigin / SECOND_MS)
}

/** What the system counts CPU time in. */
const SECOND_US = 1_000_000

/** Makers of metrics that look their value up at each scrape. */
function metersIn(registry: Registry) {
  const registers = [registry]
  return {
    gauge({ name, help }: MetricDefinition, read: () => number | undefined): void {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          const value = read()
          // What is not known is left out: a zero would say something else.
          if (value === undefined) this.remove()
          else this.set(value)
        },
      })
    },
    /** Shows what is counted elsewhere. */
    counter({ name, help }: MetricDefinition, read: () => number): void {
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    },
  }
}
