import { findOrInstallChromium } from '../support/browser/chromium.ts'
import { account } from './account/account.ts'
import { agents } from './agents/agents.ts'
import { append } from './append/append.ts'
import { board } from './board/board.ts'
import { bytes } from './bytes/bytes.ts'
import { cold } from './cold/cold.ts'
import { day } from './day/day.ts'
import { fanOut } from './fan-out/fan-out.ts'
import type { Benchmark, Figure } from './figures.ts'
import { growth } from './growth/growth.ts'
import { idle } from './idle/idle.ts'
import { ingest } from './ingest/ingest.ts'
import { describeMachine } from './machine.ts'
import { outbox } from './outbox/outbox.ts'
import { persist } from './persist/persist.ts'
import { pop } from './pop/pop.ts'
import { redis } from './redis/redis.ts'
import { relays } from './relays/relays.ts'
import { renderTable } from './report.ts'
import { resume } from './resume/resume.ts'
import { rules } from './rules/rules.ts'
import { tracker } from './tracker/tracker.ts'
import { year } from './year/year.ts'

/**
 * `npm run bench [-- ID…]`: measures, each figure beside its floor in the same run, and prints a table. A missed goal is said in
 * the table and is no failure; a measurement that did not come about is.
 */

const BENCHMARKS: readonly Benchmark[] = [
  pop,
  cold,
  tracker,
  fanOut,
  ingest,
  append,
  resume,
  persist,
  bytes,
  idle,
  year,
  account,
  board,
  agents,
  rules,
  redis,
  relays,
  growth,
  outbox,
  day,
]

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interruption.abort(new Error('Interrupted before everything was measured.')))
}

const measured: Figure[] = []
try {
  const chosen = choose(process.argv.slice(2))
  const chromiumPath = chosen.some(({ usesBrowser }) => usesBrowser) ? findOrInstallChromium(console.error) : undefined
  console.log(`${describeMachine(chromiumPath)}\n`)
  for (const benchmark of chosen) measured.push(...(await benchmark.run(interruption.signal)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
if (measured.length > 0) console.log(renderTable(measured))

function choose(ids: readonly string[]): readonly Benchmark[] {
  const known = BENCHMARKS.map(({ id }) => id).join(' and ')
  for (const id of ids) {
    if (!BENCHMARKS.some((benchmark) => benchmark.id === id.toUpperCase())) {
      throw new Error(`There is no benchmark "${id}": there are ${known}.`)
    }
  }
  return ids.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ id }) => ids.some((asked) => asked.toUpperCase() === id))
}
