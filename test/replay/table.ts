import { isOver, selectHungUpBy, selectMyLeg } from '../../shared/call/select.ts'
import type { Call, Leg } from '../../shared/call/state.ts'
import type { TrackedCall } from '../../shared/call/track.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import type { Figure } from '../../shared/metrics/figure.ts'
import type { PartyReport, SessionReport } from './report.ts'

/** The figures of one session as text for people; with `extensionId`, that person's figures and where they come from. */
export function formatSession(tracked: TrackedCall, report: SessionReport, extensionId: string | undefined): string {
  const { call } = tracked
  const rows = report.parties.map((party, index) => formatParty(party, call.legs[index]))
  const missing = report.missingSequences
  return [
    `Call ${report.telephonySessionId}`,
    '',
    ...alignColumns([['party', 'direction', 'who', 'setup', 'ring', 'talk', 'hold', 'total'], ...rows]),
    '',
    `two-way talk ${seconds(report.twoWayTalkMs)} · on hold ${seconds(report.holdMs)} · caller waited ` +
      `${seconds(report.callerWaitMs)} · duration ${seconds(report.durationMs)}`,
    ...formatEnd(call),
    ...(missing.length > 0 ? [`times are lower bounds: event ${missing.join(', ')} missing`] : []),
    ...(extensionId === undefined ? [] : formatMine(tracked, extensionId)),
  ].join('\n')
}

/** Who left first of those who talked, once everybody has left. */
function formatEnd(call: Call): readonly string[] {
  const leg = isOver(call) ? selectHungUpBy(call) : undefined
  return leg === undefined ? [] : [`ended by ${nameParty(leg)} (party ${shortId(leg.id)})`]
}

function nameParty(leg: Leg): string {
  const self = leg.direction === 'Outbound' ? leg.from : leg.to
  return self.name ?? self.phoneNumber ?? 'not told'
}

/** Party ids differ in their last number only. */
function shortId(id: string): string {
  return id.replace(/^.*-(?=\d+$)/, '-')
}

function formatParty(party: PartyReport, leg: Leg | undefined): readonly string[] {
  return [
    shortId(party.id),
    party.direction ?? '–',
    leg === undefined ? 'not told' : nameParty(leg),
    seconds(party.setupMs),
    seconds(party.ringMs),
    seconds(party.talkMs),
    seconds(party.holdMs),
    seconds(party.totalMs),
  ]
}

function formatMine({ call }: TrackedCall, extensionId: string): readonly string[] {
  const figures = measureAgent(call, extensionId)
  if (figures === undefined) return ['', `Extension ${extensionId} has no part in this call.`]
  const leg = selectMyLeg(call, extensionId)
  return [
    '',
    `Extension ${extensionId} (party ${leg && shortId(leg.id)})`,
    ...(['ring', 'talk', 'hold'] as const).map((name) => `  ${name}  ${formatFigure(figures[name])}`),
  ]
}

function formatFigure({ ms, stretches, estimate }: Figure): string {
  const evidence = stretches.map(({ from, to }) => `${from.code} #${from.sequence} → ${to.code} #${to.sequence}`)
  const why = evidence.length === 0 ? '' : ` = ${evidence.join(' + ')}`
  return `${seconds(ms)}${why}${estimate === undefined ? '' : ' (an estimate: only the own party is visible)'}`
}

function seconds(ms: number | null): string {
  return ms === null ? 'open' : `${(ms / 1000).toFixed(3)} s`
}

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
}
