import { expect, it } from 'vitest'
import { METRICS, type MetricDefinition } from '../relay/metric-table.ts'
import { readToldMetrics } from './run/told-metrics.ts'

/** `docs/METRICS.md`, written from the table that the metrics are made from. `-u` writes it again. */

const definitions: readonly MetricDefinition[] = Object.values(METRICS)
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`

function writePage(): string {
  const metrics = definitions.map(({ kind, name, help, labels = {} }) =>
    row(`\`${name}\``, kind, Object.keys(labels).join(', ') || '–', help),
  )
  const values = definitions.flatMap(({ name, labels = {} }) =>
    Object.entries(labels).flatMap(([label, meanings]) => [
      '',
      `### ${label} of ${name}`,
      '',
      row(label, 'says'),
      '| --- | --- |',
      ...Object.entries(meanings).map(([value, meaning]) => row(`\`${value}\``, meaning)),
    ]),
  )
  return `${[
    '# What the relay tells of itself',
    '',
    "`GET /metrics` answers in Prometheus' text. No number, name, token or id is in it; keep it behind your proxy all the same. Counters",
    'begin at 0 with the process. [LIGHTS.md](LIGHTS.md) says what to do about them, [run.md](run.md#watching-it) how Prometheus and Grafana are',
    'set up. What Ringside measures about calls is another matter: [FIGURES.md](FIGURES.md).',
    '',
    'This page is written from [metric-table.ts](../relay/metric-table.ts), by `npx vitest run test/metrics-page.test.ts -u`.',
    '',
    row('metric', 'kind', 'labels', 'tells'),
    '| --- | --- | --- | --- |',
    ...metrics,
    '',
    '## What the labels say',
    ...values,
  ].join('\n')}\n`
}

it('docs/METRICS.md is what the table says', async () => {
  await expect(writePage()).toMatchFileSnapshot('../docs/METRICS.md')
})

it('the table has every metric that is told, with all values of its labels', async () => {
  const told = await readToldMetrics()
  const expanded = definitions.flatMap(({ kind, name }) =>
    kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((part) => name + part) : name,
  )
  expect([...told.keys()].sort()).toEqual([...expanded].sort())
  for (const { name, labels = {} } of definitions) {
    for (const [label, meanings] of Object.entries(labels)) {
      expect([...(told.get(name)?.get(label) ?? [])]).toEqual(Object.keys(meanings))
    }
  }
})
