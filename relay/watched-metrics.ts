import { Counter, Gauge, type Registry } from 'prom-client'
import { SECOND_MS } from '../shared/time.ts'

/** Which limit a connection was beyond: that of its address, or that of all. */
export const CONNECTION_LIMITS = ['address', 'all'] as const
export type ConnectionLimit = (typeof CONNECTION_LIMITS)[number]

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
  lastEventAtMs(): number | undefined
}

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
  counter(
    'ringside_failures_total',
    'Refused requests of strangers, and sockets that ended without a valid hello.',
    sources.failures,
  )
  counter('ringside_log_lines_lost_total', 'Log lines that were not taken from the output.', sources.lostLogLines)
  new Counter({
    name: 'ringside_connections_refused_total',
    help: 'Connections that were cut because there were too many, of one address or in all.',
    labelNames: ['limit'],
    registers: [registry],
    collect() {
      this.reset()
      for (const limit of CONNECTION_LIMITS) this.inc({ limit }, sources.refusedConnections(limit))
    },
  })
  gauge('ringside_clients', 'Clients that said hello.', () => clients().clients)
  gauge('ringside_strangers', 'Sockets whose owner is not known yet.', () => clients().strangers)
  gauge('ringside_backlog_events', 'Events that clients have yet to be sent.', () => clients().backlogEvents)
  gauge('ringside_backlog_bytes', 'Bytes sent to clients and not yet taken.', () => clients().backlogBytes)
  gauge('ringside_subscription_active', '1 when the webhook subscription is active.', () =>
    subscription().status === 'Active' ? 1 : 0,
  )
  gauge('ringside_subscription_seconds_to_end', 'Time until the webhook subscription ends.', () => {
    const { expiresAtMs } = subscription()
    return expiresAtMs === undefined ? undefined : (expiresAtMs - nowMs()) / SECOND_MS
  })
  gauge('ringside_last_event_timestamp_seconds', 'When the last event was received.', () => {
    const ms = lastEventAtMs()
    return ms === undefined ? undefined : ms / SECOND_MS
  })
  gauge('ringside_log_head_position', 'Last durable position.', () => log.headPosition)
  gauge('ringside_log_oldest_position', 'First position that is kept.', () => log.oldestPosition)
  gauge('ringside_log_bytes', 'Bytes that the log takes.', () => log.usedBytes)
  gauge('ringside_log_writable', '1 when the last write to the log succeeded.', () => (log.isWritable ? 1 : 0))
  gauge('process_resident_memory_bytes', 'Resident memory size in bytes, mapped files included.', () =>
    process.memoryUsage.rss(),
  )
  gauge('ringside_heap_bytes', "Memory of the relay's own objects and buffers.", () => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  })
}

/** Makers of metrics that look their value up at each scrape. */
function metersIn(registry: Registry) {
  const registers = [registry]
  return {
    gauge(name: string, help: string, read: () => number | undefined): void {
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
    counter(name: string, help: string, read: () => number): void {
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
