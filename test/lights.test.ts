import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findUnready } from '../relay/readiness.ts'
import { OWN_STATUSES } from '../relay/ringcentral/standing.ts'
import { readToldMetrics } from './run/told-metrics.ts'

/** The administrator's page about the relay's lights, held against the lights that there are. */

const root = new URL('..', import.meta.url)
const page = readFileSync(new URL('docs/LIGHTS.md', root), 'utf8')
const rows = page.split('\n').filter((line) => line.startsWith('| '))
/** The first cell of each row. */
const named = rows.map((row) => row.split(' | ')[0]?.slice(2) ?? '')

const sources = readdirSync(new URL('relay', root), { recursive: true, encoding: 'utf8' })
  // What says how the relay is made into one file logs nothing.
  .filter((path) => path.endsWith('.ts') && path !== 'vite.config.ts')
  .map((path) => readFileSync(new URL(`relay/${path}`, root), 'utf8'))

/** The texts of log lines above `info` that stand in the code. */
const lines = sources.flatMap((source) =>
  [...source.matchAll(/\.(?:warn|error|fatal)\(\s*(?:\{[^}]*\},\s*)?(['"`])([A-Z].*?)\1/gs)].map(([, , text = '']) =>
    text.replace(/[:;]? ?\$\{.*$/, '').replaceAll('’', "'"),
  ),
)

describe('docs/LIGHTS.md', () => {
  it('tells of every part that may not be ready, and of every status', () => {
    const unready = findUnready({ isWritable: false, hindrance: undefined }, { status: 'None', hindrance: undefined })
    for (const { part } of unready) expect(named).toContain(`\`${part}\``)
    for (const status of ['Active', ...OWN_STATUSES]) expect(named).toContain(`\`${status}\``)
  })

  it('tells of no metric that there is not', async () => {
    const told = [...(await readToldMetrics()).keys()]
    for (const [, name = ''] of page.matchAll(/`((?:ringside|process)_\w+)/g)) expect(told).toContain(name)
  })

  it('tells of every line of the log that is no diary', () => {
    expect(lines.length).toBeGreaterThan(20)
    expect(lines.filter((line) => !named.some((name) => line.startsWith(name)))).toEqual([])
  })

  it('tells of no line that there is not', () => {
    const code = sources.join('\n').replaceAll('’', "'")
    const table = page.slice(page.indexOf('| line |'), page.indexOf('## Clocks'))
    const told = table.split('\n').flatMap((row) => row.match(/^\| ([A-Z].*?) \|/)?.[1] ?? [])
    expect(told.length).toBeGreaterThan(20)
    expect(told.filter((line) => !code.includes(line))).toEqual([])
  })

  it('is what the README leads to', () => {
    expect(readFileSync(new URL('README.md', root), 'utf8')).toContain('(docs/LIGHTS.md)')
  })
})
