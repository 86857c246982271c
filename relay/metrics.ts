import { Counter, Histogram, Registry } from 'prom-client'
import { SECOND_MS } from '../shared/time.ts'
import { type MetricSources, watchSources } from './watched-metrics.ts'

/** What became of a request to the webhook. */
export const DELIVERY_RESULTS = [
  'accepted',
  'duplicate',
  'reminder',
  /** No telephony event; kept aside. */
  'undecodable',
  'handshake',
  'refused',
  'too_large',
  /** The sender went away or was too slow. */
  'aborted',
  /** The log could not be written; answered with 503. */
  'not_stored',
] as const
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number]

/** How the relay's own user asks for tokens: with the JWT, or ahead of their end with the refresh token. */
export const LOGIN_GRANTS = ['jwt', 'refresh'] as const
export type LoginGrant = (typeof LOGIN_GRANTS)[number]
/** `failed`: RingCentral did not decide, because it was away or limits requests. */
export const LOGIN_RESULTS = ['granted', 'refused', 'failed'] as const
export type LoginResult = (typeof LOGIN_RESULTS)[number]

/** `ended`: the relay stopped, or the next repair took its place. */
export const REPAIR_RESULTS = ['done', 'failed', 'ended'] as const
export type RepairResult = (typeof REPAIR_RESULTS)[number]

/** What became of asking how a session stands. */
export const STATUS_RESULTS = [
  'found',
  /** RingCentral does not know the session any more. */
  'over',
  'failed',
  /** Answered with another user's answer of a moment ago; nothing was sent. */
  'shared',
  /** Refused here, to stay below RingCentral's limits; nothing was sent. */
  'over_budget',
] as const
export type StatusResult = (typeof STATUS_RESULTS)[number]

/** What the relay tells of itself in Prometheus' text. No number, name, token or id is in it. */
export interface Metrics {
  countDelivery(result: DeliveryResult): void
  countLogin(grant: LoginGrant, result: LoginResult): void
  countRepair(result: RepairResult): void
  countStatusRequest(result: StatusResult): void
  /** From handing an event to the log until it was durable. */
  observeAppend(durationMs: number): void
  /** From an event being durable until it was handed to the sockets of all who may see it. */
  observeFanOut(durationMs: number): void
  /** Adds the metrics that are looked up at each scrape; called once, when all sources exist. */
  watch(sources: MetricSources): void
  render(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** From a commit on a fast disk to one that a person would notice. */
const APPEND_BUCKETS_S = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3]
const FAN_OUT_BUCKETS_S = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]

/** Metrics in a registry of their own: two relays in one process do not add up. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  function resultCounter(name: string, help: string, results: readonly string[]): Counter<'result'> {
    const counter = new Counter({ name, help, labelNames: ['result'], registers })
    // A series that appears with its first event has no rate for it.
    for (const result of results) counter.inc({ result }, 0)
    return counter
  }
  const deliveries = resultCounter(
    'ringside_deliveries_total',
    'Requests to the webhook by what became of them.',
    DELIVERY_RESULTS,
  )
  const repairs = resultCounter(
    'ringside_repairs_total',
    'Repairs of what was missed by how they ended.',
    REPAIR_RESULTS,
  )
  const statusRequests = resultCounter(
    'ringside_status_requests_total',
    'Questions how a session stands by what became of them.',
    STATUS_RESULTS,
  )
  const logins = new Counter({
    name: 'ringside_logins_total',
    help: "Logins of the relay's own user at RingCentral by grant and by what became of them.",
    labelNames: ['grant', 'result'],
    registers,
  })
  for (const grant of LOGIN_GRANTS) for (const result of LOGIN_RESULTS) logins.inc({ grant, result }, 0)
  const appends = new Histogram({
    name: 'ringside_append_duration_seconds',
    help: 'Time until an event was durable.',
    buckets: APPEND_BUCKETS_S,
    registers,
  })
  const fanOuts = new Histogram({
    name: 'ringside_fan_out_duration_seconds',
    help: 'Time from an event being durable until it was handed to the sockets of all who may see it.',
    buckets: FAN_OUT_BUCKETS_S,
    registers,
  })
  return {
    countDelivery: (result) => deliveries.inc({ result }),
    countLogin: (grant, result) => logins.inc({ grant, result }),
    countRepair: (result) => repairs.inc({ result }),
    countStatusRequest: (result) => statusRequests.inc({ result }),
    observeAppend: (durationMs) => appends.observe(durationMs / SECOND_MS),
    observeFanOut: (durationMs) => fanOuts.observe(durationMs / SECOND_MS),
    watch: (sources) => watchSources(registry, sources),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}
