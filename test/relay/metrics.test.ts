import { expect, it } from 'vitest'
import { METRICS } from '../../relay/metric-table.ts'
import { createMetrics } from '../../relay/metrics.ts'
import type { MetricSources } from '../../relay/watched-metrics.ts'

const sources: MetricSources = {
  log: { headPosition: 40, oldestPosition: 11, usedBytes: 8192, isWritable: true },
  nowMs: () => 1_000_000,
  clients: () => ({ clients: 3, strangers: 1, backlogEvents: 20, backlogBytes: 512 }),
  failures: () => 5,
  lostLogLines: () => 7,
  refusedConnections: (limit) => (limit === 'address' ? 8 : 9),
  subscription: () => ({ status: 'Active', expiresAtMs: 1_060_000 }),
  isOwner: () => true,
  lastEventAtMs: () => 990_500,
  crmRecords: () => ({
    waiting: 1,
    ready: 2,
    sent: 0,
    logged: 30,
    noMatch: 4,
    ambiguous: 0,
    refused: 0,
    givenUp: 0,
    leftOut: 0,
  }),
}

async function render(changes: Partial<MetricSources> = {}): Promise<readonly string[]> {
  const metrics = createMetrics()
  metrics.watch({ ...sources, ...changes })
  metrics.countDelivery('accepted')
  metrics.countDelivery('accepted')
  metrics.countLogin('jwt', 'granted')
  metrics.countRepair('done')
  metrics.countCrmRequest('written')
  metrics.countStatusRequest('shared')
  metrics.observeAppend(3)
  metrics.observeFanOut(0.7)
  return (await metrics.render()).text.split('\n')
}

it.each([
  'ringside_deliveries_total{result="accepted"} 2',
  'ringside_deliveries_total{result="undecodable"} 0',
  'ringside_logins_total{grant="jwt",result="granted"} 1',
  'ringside_logins_total{grant="refresh",result="failed"} 0',
  'ringside_repairs_total{result="done"} 1',
  'ringside_crm_requests_total{result="written"} 1',
  'ringside_crm_records{state="logged"} 30',
  'ringside_crm_records{state="noMatch"} 4',
  'ringside_repairs_total{result="failed"} 0',
  'ringside_status_requests_total{result="shared"} 1',
  'ringside_status_requests_total{result="over_budget"} 0',
  'ringside_append_duration_seconds_bucket{le="0.002"} 0',
  'ringside_append_duration_seconds_bucket{le="0.005"} 1',
  'ringside_append_duration_seconds_sum 0.003',
  'ringside_fan_out_duration_seconds_bucket{le="0.001"} 1',
  'ringside_log_lines_lost_total 7',
  'ringside_connections_refused_total{limit="address"} 8',
  'ringside_connections_refused_total{limit="all"} 9',
  'ringside_clients 3',
  'ringside_strangers 1',
  'ringside_backlog_events 20',
  'ringside_backlog_bytes 512',
  'ringside_failures_total 5',
  'ringside_subscription_active 1',
  'ringside_subscription_seconds_to_end 60',
  'ringside_owner 1',
  'ringside_last_event_timestamp_seconds 990.5',
  'ringside_log_head_position 40',
  'ringside_log_oldest_position 11',
  'ringside_log_bytes 8192',
  'ringside_log_writable 1',
])('tells %s', async (line) => {
  expect(await render()).toContain(line)
})

it('has a series for every result from the start', async () => {
  const lines = await render()
  for (const result of Object.keys(METRICS.deliveries.labels.result)) {
    expect(lines.some((line) => line.startsWith(`ringside_deliveries_total{result="${result}"}`))).toBe(true)
  }
})

it('leaves out what is not known', async () => {
  const lines = await render({
    lastEventAtMs: () => undefined,
    subscription: () => ({ status: 'None', expiresAtMs: undefined }),
    isOwner: () => false,
  })
  expect(lines).toContain('ringside_owner 0')
  expect(lines).toContain('ringside_subscription_active 0')
  const values = lines.filter((line) => !line.startsWith('#'))
  expect(values.filter((line) => /seconds_to_end|last_event/.test(line))).toEqual([])
})

it('counts for one relay only', async () => {
  await render()
  expect(await render()).toContain('ringside_deliveries_total{result="accepted"} 2')
})
