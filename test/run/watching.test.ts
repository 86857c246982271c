import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { itWith } from '../support/it-with.ts'
import { listFaults } from './promql.ts'
import { readToldMetrics } from './told-metrics.ts'

/** The dashboard and the alert rules, held against what the relay really tells. */

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly runbook: string }
}

interface Panel {
  readonly type: string
  readonly title: string
  readonly targets?: readonly { readonly expr: string }[]
}

const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url))
const read = (file: string) => readFileSync(pathOf(file), 'utf8')

const told = await readToldMetrics()
const rules: readonly Rule[] = parse(read('docs/run/alerts.yml')).groups.flatMap(
  (group: { readonly rules: readonly Rule[] }) => group.rules,
)
const dashboard = JSON.parse(read('docs/run/dashboard.json'))
const panels = (dashboard.panels as readonly Panel[]).filter(({ type }) => type !== 'row')

describe.each(rules)('the alert $alert', ({ alert, expr, labels, annotations }) => {
  it('asks for what there is', () => {
    expect(listFaults(expr, told)).toEqual([])
  })

  it('is urgent, for today, or good to know, and leads to its own part of LIGHTS.md', () => {
    expect(['critical', 'warning', 'info']).toContain(labels.severity)
    expect(annotations.summary).toMatch(/\S.*\.$/)
    expect(annotations.runbook).toBe(`docs/LIGHTS.md#${alert.toLowerCase()}`)
    expect(read('docs/LIGHTS.md')).toContain(`\n### ${alert}\n`)
  })
})

it('LIGHTS.md explains the alerts in their order, and no other', () => {
  const explained = [...read('docs/LIGHTS.md').matchAll(/^### (Ringside\w+)$/gm)].map(([, name]) => name)
  expect(explained).toEqual(rules.map(({ alert }) => alert))
})

describe.each(panels)('the panel "$title"', ({ targets = [] }) => {
  it('asks for what there is', () => {
    expect(targets.length).toBeGreaterThan(0)
    for (const { expr } of targets) expect(listFaults(expr, told), expr).toEqual([])
  })
})

it('every series of the relay is looked at by a panel or an alert', () => {
  const asked = [
    ...rules.map(({ expr }) => expr),
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ]
  const named = new Set(asked.flatMap((expr) => expr.match(/\w+/g) ?? []))
  const isLookedAt = (name: string) => named.has(name) || named.has(name.replace(/_(?:sum|count)$/, '_bucket'))
  expect([...told.keys()].filter((name) => !isLookedAt(name))).toEqual([])
})

it.each([
  ['ringside_deliveries_total{result="lost"} > 0', ['result of ringside_deliveries_total is never lost']],
  ['rate(ringside_clients{grant="jwt"}[5m])', ['ringside_clients has no label grant']],
  ['sum by (le) (rate(ringside_clients[5m]))', ['nothing that it asks for has a label le']],
  ['ringside_invented == 0 and on () (hour() > 8)', ['there is no ringside_invented']],
  ['hour() > 8', ['it asks for nothing']],
])('a fault is found: %s', (expr, faults) => {
  expect(listFaults(expr, told)).toEqual(faults)
})

itWith('promtool')('Prometheus takes the rules, and they fire when they should', () => {
  const { stdout, stderr, status } = spawnSync('promtool', ['test', 'rules', pathOf('test/run/alerts.fixture.yml')], {
    encoding: 'utf8',
  })
  expect(`${stdout}${stderr}`).toContain('SUCCESS')
  expect(status).toBe(0)
})
