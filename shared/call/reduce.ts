import type { History, HistoryEntry } from '../history/history.ts'
import type { CallDraft, LegDraft } from './draft.ts'
import { compareLegs, foldLeg, markOf, startLeg } from './leg.ts'
import { applyStatuses } from './repair.ts'
import { assumeRingOutRoles } from './ring-out.ts'

/**
 * Folds a session's history into a call, from the beginning. Entries come in the history's order, each once; there is no
 * "too late" here, because a late event makes the history fold again. What a leg makes of an event is told in leg.ts.
 */
export function foldCall(call: CallDraft, history: History): void {
  call.legs = []
  call.origin = undefined
  call.startedMs = undefined
  call.lostAsOfMs = undefined
  for (const entry of history.entries) foldEntry(call, entry)
  if (history.statuses.length > 0) applyStatuses(call, history)
}

/** One step of the fold, in place. `entry` must come after every entry folded before. */
export function foldEntry(call: CallDraft, entry: HistoryEntry): void {
  const { party, eventTimeMs, origin } = entry
  if (party === undefined) return
  call.origin ??= origin
  call.startedMs ??= eventTimeMs
  const mark = markOf(entry, party)
  const leg = findLeg(call, party.id)
  if (leg === undefined) {
    call.legs.push(startLeg(party, mark))
    call.legs.sort(compareLegs)
  } else foldLeg(leg, party, mark)
  assumeRingOutRoles(call)
}

/** From the end: the party that came last is the one most is told of. */
function findLeg({ legs }: CallDraft, id: string): LegDraft | undefined {
  for (let index = legs.length - 1; index >= 0; index--) if (legs[index]?.id === id) return legs[index]
  return undefined
}
