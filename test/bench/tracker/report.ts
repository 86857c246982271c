import { median, ratios } from '../statistics.ts'
import type { Memory } from './memory.ts'
import type { ThroughputRun } from './serve-follower.ts'
import type { Verdict } from './verdict.ts'

/** Events per second of one round. */
export interface SpeedRound {
  readonly ours: number
  readonly floor: number
  readonly peer: number
}

export interface Speeds {
  readonly liveCalls: number
  readonly run: ThroughputRun
  readonly peerRun: ThroughputRun
  /** Those that were kept. */
  readonly rounds: readonly SpeedRound[]
}

const GOAL_EVENTS_PER_SECOND = 500_000

/** Medians of the rounds, with the slowest and the fastest in brackets. */
export function renderSpeeds(speeds: readonly Speeds[]): string {
  const rows = speeds.map(({ liveCalls, rounds }) => {
    const ours = rounds.map((round) => round.ours)
    const floor = rounds.map((round) => round.floor)
    const peer = rounds.map((round) => round.peer)
    return [
      `B3 ${liveCalls.toLocaleString('en')} live calls`,
      summarise(ours),
      summarise(floor),
      summarise(peer),
      median(ratios(ours, floor)).toFixed(2),
      Math.round(median(ratios(ours, peer))).toLocaleString('en'),
      `≥ ${GOAL_EVENTS_PER_SECOND.toLocaleString('en')}/s`,
      median(ours) >= GOAL_EVENTS_PER_SECOND ? 'met' : 'MISSED',
    ]
  })
  return [
    renderColumns([['parsed events/s', 'ours', 'floor', 'peer', '÷ floor', '÷ peer', 'goal', ''], ...rows]),
    ...speeds.map(describeRun),
    'The peer prunes by the wall clock, which tells it simulated time.',
  ].join('\n')
}

function describeRun({ liveCalls, run, peerRun }: Speeds): string {
  const [each, peers] = [run, peerRun].map(
    ({ measuredEvents, unmeasuredEvents }) =>
      `${measuredEvents.toLocaleString('en')} events after ${unmeasuredEvents.toLocaleString('en')}`,
  )
  return `With ${liveCalls.toLocaleString('en')} live calls ${each}, the peer ${peers}.`
}

export interface Verdicts {
  readonly ours: Verdict
  readonly floor: Verdict
  readonly peer: Verdict
}

/** How often each told something wrong, by kind. */
export function renderVerdicts(
  { seed, calls }: { readonly seed: number; readonly calls: number },
  { ours, floor, peer }: Verdicts,
): string {
  const lines: readonly (readonly [string, (verdict: Verdict) => number | undefined])[] = [
    [`complete calls (${ours.complete.calls}): revived`, ({ complete }) => complete.revived],
    ['  never over (ghosts)', ({ complete }) => complete.ghosts],
    ['  wrong party state', ({ complete }) => complete.wrongStates],
    [`  parties with a wrong time (of ${ours.measuredParties})`, ({ wrongTimes }) => wrongTimes],
    [`calls with lost events (${ours.lossy.calls}): revived`, ({ lossy }) => lossy.revived],
    ['  never over (ghosts)', ({ lossy }) => lossy.ghosts],
    ['  wrong party state', ({ lossy }) => lossy.wrongStates],
    ['sessions still held a day later', ({ heldSessions }) => heldSessions],
    ['events refused as too late', ({ refusedEvents }) => refusedEvents],
    ['answers of the platform asked for', ({ repairs }) => repairs],
  ]
  const cells = lines.map(([name, of]) => [name, ...[ours, floor, peer].map((verdict) => formatCount(of(verdict)))])
  return renderColumns([[`B3 wrong of ${calls} calls, seed ${seed}`, 'ours', 'floor', 'peer'], ...cells])
}

export function renderMemory(memory: Memory): string {
  const { liveBytes, finishedBytes, rememberedBytes, forgottenBytes, eventsPerCall } = memory
  return [
    `B3 memory of ours for a call of ${eventsPerCall.toFixed(1)} events: ${formatKilobytes(liveBytes)} live`,
    `${formatKilobytes(finishedBytes)} finished`,
    `${formatKilobytes(rememberedBytes)} let go`,
    `${formatKilobytes(forgottenBytes)} forgotten`,
  ].join(', ')
}

function summarise(values: readonly number[]): string {
  const [middle, least, most] = [median(values), Math.min(...values), Math.max(...values)].map(formatThousands)
  return `${middle} (${least}–${most})`
}

function formatThousands(value: number): string {
  return `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)}k`
}

function formatCount(count: number | undefined): string {
  return count === undefined ? '–' : String(count)
}

function formatKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

/** The first row as headings; names to the left, the rest to the right. */
function renderColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const [headings = '', ...rest] = lines
  return [headings, '─'.repeat(Math.max(...lines.map(({ length }) => length))), ...rest].join('\n')
}
