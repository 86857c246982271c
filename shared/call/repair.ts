import type { History, HistoryEntry } from '../history/history.ts'
import type { Party } from '../protocol/party.ts'
import type { SessionStatus } from '../protocol/status.ts'
import type { CallDraft, LegDraft } from './draft.ts'
import { compareLegs, endLeg, foldLeg, markOf, startLeg } from './leg.ts'
import { assumeRingOutRoles } from './ring-out.ts'
import type { Mark } from './state.ts'

/**
 * Repairs a call by what the platform answered when it was asked. An answer has no sequence, so it is put among the events of
 * each leg by its moment: after those that happened until then, before those that happened later. There it corrects the state
 * or ends the leg, as of that moment, and the leg's times are estimates from then on.
 *
 * - An event that happened later wins: it takes up again what an answer had ended, as if that had never been said.
 * - A later answer wins over an earlier one in the same way.
 * - What an event ended, no answer revives.
 * - An answer that lists a leg in the state that it is in changes nothing; one that does not list it says nothing of it.
 *
 * All of it is decided by moments and numbers, so it does not matter what arrived first.
 */
export function applyStatuses(call: CallDraft, { entries, statuses }: History): void {
  const believed = statuses.filter((status, index) => isBelieved(status, statuses.slice(index + 1), entries))
  const ids = new Set([...call.legs, ...believed.flatMap(({ parties }) => parties)].map(({ id }) => id))
  call.legs = [...ids].flatMap((id) => repairLeg(id, entries, believed) ?? []).sort(compareLegs)
  const first = believed[0]
  call.origin ??= first?.origin
  if (call.legs.length > 0) call.startedMs ??= first?.createdMs ?? first?.asOfMs
  call.lostAsOfMs = believed.find(({ found }) => !found)?.asOfMs
  assumeRingOutRoles(call)
}

/** "No longer known" is about the whole session: anything that is heard of it later shows that it was not so. */
function isBelieved(status: SessionStatus, later: readonly SessionStatus[], entries: readonly HistoryEntry[]): boolean {
  if (status.found) return true
  return !later.some(({ found }) => found) && !entries.some(({ eventTimeMs }) => eventTimeMs > status.asOfMs)
}

/** One report about a leg: an event of it, or its part of an answer (`party` undefined: the session is no longer known). */
type Report =
  | { readonly kind: 'event'; readonly party: Party; readonly mark: Mark }
  | { readonly kind: 'answer'; readonly party: Party | undefined; readonly asOfMs: number }

function repairLeg(
  id: string,
  entries: readonly HistoryEntry[],
  statuses: readonly SessionStatus[],
): LegDraft | undefined {
  const reports = mergeReports(
    entries.flatMap((entry) => eventOf(entry, id)),
    statuses.flatMap((status) => answerOf(status, id)),
  )
  const lastLive = reports.findLastIndex((report) => report.kind === 'event' || !endsLeg(report.party))
  let leg: LegDraft | undefined
  for (const [index, report] of reports.entries()) {
    if (report.kind === 'answer') {
      if (index > lastLive || !endsLeg(report.party)) leg = applyAnswer(leg, report.party, report.asOfMs)
    } else if (leg === undefined) leg = startLeg(report.party, report.mark)
    else foldLeg(leg, report.party, report.mark)
  }
  return leg
}

function applyAnswer(leg: LegDraft | undefined, party: Party | undefined, asOfMs: number): LegDraft | undefined {
  if (leg?.end !== undefined) return leg
  const at: Mark = { sequence: undefined, code: party?.status.rawCode ?? '404', timeMs: asOfMs }
  if (leg === undefined) return party && startRepaired(party, at)
  const before = { state: leg.state, latestMs: leg.latestMs }
  if (party === undefined) endLeg(leg, 'disconnected', undefined, at)
  else foldLeg(leg, party, at)
  // To be confirmed is no event: later ones count from the last event, not from the moment somebody asked.
  if (leg.state === before.state) leg.latestMs = before.latestMs
  else leg.repairedAsOfMs = asOfMs
  return leg
}

/** A leg that no event has told of yet. */
function startRepaired(party: Party, at: Mark): LegDraft {
  const leg = startLeg(party, at)
  leg.repairedAsOfMs = at.timeMs
  return leg
}

function endsLeg(party: Party | undefined): boolean {
  return party === undefined || party.status.code === 'Disconnected' || party.status.code === 'Gone'
}

function eventOf(entry: HistoryEntry, id: string): readonly Report[] {
  const { party } = entry
  return party?.id === id ? [{ kind: 'event', party, mark: markOf(entry, party) }] : []
}

function answerOf({ parties, found, asOfMs }: SessionStatus, id: string): readonly Report[] {
  const party = parties.find((candidate) => candidate.id === id)
  return party === undefined && found ? [] : [{ kind: 'answer', party, asOfMs }]
}

/** Both lists are in order; an answer comes before the first event that counts later than its moment. */
function mergeReports(events: readonly Report[], answers: readonly Report[]): readonly Report[] {
  const reports: Report[] = []
  const waiting = [...answers]
  let countedMs = Number.NEGATIVE_INFINITY
  for (const event of events) {
    if (event.kind === 'event') countedMs = Math.max(countedMs, event.mark.timeMs)
    while (waiting[0]?.kind === 'answer' && waiting[0].asOfMs < countedMs) reports.push(...waiting.splice(0, 1))
    reports.push(event)
  }
  return [...reports, ...waiting]
}
