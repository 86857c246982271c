import { Counter, Histogram, Registry } from 'prom-client'
import { SECOND_MS } from '../shared/time.ts'
import { METRICS, type MetricDefinition } from './metric-table.ts'
import { type MetricSources, watchSources } from './watched-metrics.ts'

/** What became of a request to the webhook. */
export type DeliveryResult = keyof typeof METRICS.deliveries.labels.result
/** How the relay's own user asks for tokens. */
export type LoginGrant = keyof typeof METRICS.logins.labels.grant
export type LoginResult = keyof typeof METRICS.logins.labels.result
export type RepairResult = keyof typeof METRICS.repairs.labels.result
/** What became of a call that was handed to the CRM. */
export type CrmResult = keyof typeof METRICS.crmRequests.labels.result
/** What became of asking how a session stands. */
export type StatusResult = keyof typeof METRICS.statusRequests.labels.result

/** What the relay tells of itself in Prometheus' text. No number, name, token or id is in it. */
export interface Metrics {
  countDelivery(result: DeliveryResult): void
  countLogin(grant: LoginGrant, result: LoginResult): void
  countRepair(result: RepairResult): void
  countStatusRequest(result: StatusResult): void
  countCrmRequest(result: CrmResult): void
  /** From handing an event to the log until it was durable. */
  observeAppend(durationMs: number): void
  /** From an event being durable until it was handed to the sockets of all who may see it. */
  observeFanOut(durationMs: number): void
  /** Adds the metrics that are looked up at each scrape; called once, when all sources exist. */
  watch(sources: MetricSources): void
  render(): Promise<{ readonly contentType: string; readonly text: string }>
}

/** Metrics in a registry of their own: two relays in one process do not add up. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const deliveries = createCounter(METRICS.deliveries, registry)
  const repairs = createCounter(METRICS.repairs, registry)
  const statusRequests = createCounter(METRICS.statusRequests, registry)
  const crmRequests = createCounter(METRICS.crmRequests, registry)
  const logins = createCounter(METRICS.logins, registry)
  const appends = createHistogram(METRICS.appends, registry)
  const fanOuts = createHistogram(METRICS.fanOuts, registry)
  return {
    countDelivery: (result) => deliveries.inc({ result }),
    countLogin: (grant, result) => logins.inc({ grant, result }),
    countRepair: (result) => repairs.inc({ result }),
    countStatusRequest: (result) => statusRequests.inc({ result }),
    countCrmRequest: (result) => crmRequests.inc({ result }),
    observeAppend: (durationMs) => appends.observe(durationMs / SECOND_MS),
    observeFanOut: (durationMs) => fanOuts.observe(durationMs / SECOND_MS),
    watch: (sources) => watchSources(registry, sources),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}

function createCounter(definition: MetricDefinition, registry: Registry): Counter {
  const { name, help, labels = {} } = definition
  const counter = new Counter({ name, help, labelNames: Object.keys(labels), registers: [registry] })
  // A series that appears with its first event has no rate for it.
  for (const values of combineLabels(labels)) counter.inc(values, 0)
  return counter
}

function createHistogram({ name, help, buckets = [] }: MetricDefinition, registry: Registry): Histogram {
  return new Histogram({ name, help, buckets: [...buckets], registers: [registry] })
}

/** Every combination of the labels' values. */
function combineLabels(labels: NonNullable<MetricDefinition['labels']>): readonly Record<string, string>[] {
  return Object.entries(labels).reduce<readonly Record<string, string>[]>(
    (combined, [label, values]) =>
      combined.flatMap((one) => Object.keys(values).map((value) => ({ ...one, [label]: value }))),
    [{}],
  )
}
