import type { CallRow } from '../lib/store/schema.ts'

/** What a list of calls adds up to. Sums and means are made from milliseconds. */
export interface Summary {
  readonly calls: number
  readonly answered: number
  readonly missed: number
  readonly ring: Total
  readonly talk: Total
  readonly hold: Total
}

export interface Total {
  readonly sumMs: number
  /** Over the calls in which it happened at all; `undefined` when in none. */
  readonly meanMs: number | undefined
}

export function summarise(rows: readonly CallRow[]): Summary {
  return {
    calls: rows.length,
    answered: rows.filter(({ outcome }) => outcome === 'answered' || outcome === 'transferred').length,
    missed: rows.filter(({ outcome }) => outcome === 'missed').length,
    ring: total(rows.map(({ ringMs }) => ringMs)),
    talk: total(rows.map(({ talkMs }) => talkMs)),
    hold: total(rows.map(({ holdMs }) => holdMs)),
  }
}

function total(durationsMs: readonly number[]): Total {
  const sumMs = durationsMs.reduce((sum, ms) => sum + ms, 0)
  const count = durationsMs.filter((ms) => ms > 0).length
  return { sumMs, meanMs: count === 0 ? undefined : sumMs / count }
}
