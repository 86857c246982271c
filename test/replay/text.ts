import { unreachable } from '../../shared/assert.ts'
import { isForAnother, selectOwnEnd, selectPartyName } from '../../shared/call/party-name.ts'
import type { Leg, Mark } from '../../shared/call/state.ts'
import type { Estimate, Figure } from '../../shared/metrics/figure.ts'
import { formatInstant } from '../../shared/time.ts'

/** A figure with the events that it is made of, and why it may be off. */
export function formatFigure(figure: Figure | undefined): string {
  if (figure === undefined) return seconds(undefined)
  const { ms, stretches, estimates } = figure
  const evidence = stretches.map(({ from, to }) => `${nameMark(from)} → ${nameMark(to)}`)
  const why = evidence.length === 0 ? '' : ` = ${evidence.join(' + ')}`
  return `${seconds(ms)}${why}${estimates.map((estimate) => ` (${describeEstimate(estimate)})`).join('')}`
}

function nameMark({ code, sequence, timeMs }: Mark): string {
  return sequence === undefined ? `${code} (asked at ${formatInstant(timeMs)})` : `${code} #${sequence}`
}

function describeEstimate(estimate: Estimate): string {
  switch (estimate.because) {
    case 'ownLegOnly':
      return 'an estimate: only the own party is visible'
    case 'outOfSight':
      return 'an estimate: the other side went on in a session that is not visible'
    case 'repaired':
      return `an estimate: events were missed, and how it stood was asked at ${formatInstant(estimate.asOfMs)}`
    case 'missing':
      return `an estimate: event ${estimate.sequences.join(', ')} is missing`
    default:
      return unreachable(estimate)
  }
}

/** `undefined`: it has not ended. */
export function seconds(ms: number | undefined): string {
  return ms === undefined ? 'open' : `${(ms / 1000).toFixed(3)} s`
}

/** Most cells of a table are nothing: what is there stands out. */
export function secondsIfAny(ms: number): string {
  return ms === 0 ? '–' : seconds(ms)
}

/** `answeredElsewhere` as words. */
export function spellOut(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** `legs`: all that are known of the call, one of which may tell what another is called. */
export function nameSelf(leg: Leg, legs: readonly Leg[]): string {
  const { name, phoneNumber } = selectOwnEnd(leg)
  const own = selectPartyName({ legs }, leg)
  // Rung in the name of a queue or of a colleague, and nothing tells the one that answers.
  if (own === undefined && isForAnother(legs, leg)) return `${leg.extensionId} for ${name ?? 'a queue'}`
  return own ?? phoneNumber ?? 'not told'
}

/** Party ids differ in their last number only. */
export function shortId(id: string): string {
  return id.replace(/^.*-(?=\d+$)/, '-')
}

export function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}
