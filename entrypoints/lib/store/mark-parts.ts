import { isFeatureCode } from '../../../shared/call/customer-call.ts'
import { createGroups, type Groups } from '../../../shared/call/journey.ts'
import type { CallRow, RowPart } from './schema.ts'

/**
 * Finds among rows that were written when every session counted those that are parts of a call, as well as rows can tell: which
 * sessions they are tied to, whom they name, how they came out. Answers with the rows that change. A row whose events are there
 * is made again from them when something of its call arrives.
 */
export function markParts(rows: readonly CallRow[]): readonly CallRow[] {
  const sessions = rows.toSorted((a, b) => a.startedMs - b.startedMs)
  const groups = groupRows(sessions)
  const leads = selectLeads(sessions, groups)
  const parts = sessions.flatMap((row) => {
    if (leads.has(row)) return []
    const lead = findLead(row, [...leads], groups)
    return { row, lead, part: { kind: kindOf(row) ?? ('consultation' as const), ofId: lead?.telephonySessionId } }
  })
  const changed = new Map<CallRow, CallRow>()
  for (const { row, lead, part } of parts) {
    changed.set(row, withPart(row, part))
    if (lead !== undefined && part.kind === 'continuation') changed.set(lead, withTimes(changed.get(lead) ?? lead, row))
  }
  return [...changed.values()]
}

type OldKind = Exclude<RowPart['kind'], 'consultation'>

/** What a row is by itself; `undefined`: a call, or a consultation. */
function kindOf(row: CallRow): OldKind | undefined {
  const { direction, phoneNumber, name, outcome, talkMs, twoWayTalkMs } = row
  if (direction === 'Outbound' && isFeatureCode(phoneNumber)) return 'passage'
  if (name === 'Conference' && phoneNumber === undefined) return 'continuation'
  // Nobody who talked has no talk at all; with the own leg alone to see that could be for want of the others.
  return outcome === 'answered' && talkMs === 0 && twoWayTalkMs !== undefined ? 'listener' : undefined
}

function groupRows(rows: readonly CallRow[]): Groups {
  const rooms = new Set(rows.flatMap((row) => (kindOf(row) === 'continuation' ? row.telephonySessionId : [])))
  const groups = createGroups(rows.map(({ telephonySessionId }) => telephonySessionId))
  for (const { telephonySessionId, peerIds } of rows)
    for (const id of peerIds) if (!rooms.has(id)) groups.join(telephonySessionId, id)
  return groups
}

/** Of those that are tied each in which somebody from outside called, else the first with somebody from outside, else the first. */
function selectLeads(rows: readonly CallRow[], groups: Groups): ReadonlySet<CallRow> {
  const members = Map.groupBy(
    rows.filter((row) => kindOf(row) === undefined),
    (row) => groups.find(row.telephonySessionId),
  )
  const leads = [...members.values()].flatMap((together) => {
    const called = together.filter((row) => row.direction === 'Inbound' && isOutside(row))
    return called.length > 0 ? called : (together.find(isOutside) ?? together.slice(0, 1))
  })
  return new Set(leads.flat())
}

function isOutside({ phoneNumber }: CallRow): boolean {
  return phoneNumber === undefined || phoneNumber.startsWith('+')
}

function findLead(row: CallRow, leads: readonly CallRow[], groups: Groups): CallRow | undefined {
  const { telephonySessionId: id } = row
  const kind = kindOf(row)
  if (kind === 'listener') return undefined
  if (kind === 'continuation') return leads.find(({ peerIds }) => peerIds.includes(id))
  return leads.find((lead) => groups.find(lead.telephonySessionId) === groups.find(id))
}

function withPart({ numberKey: _, missedUnseen: __, ...row }: CallRow, part: RowPart): CallRow {
  return { ...row, part }
}

/** The room's time belongs to the call that went on in it first. */
function withTimes(lead: CallRow, { talkMs, holdMs, twoWayTalkMs }: CallRow): CallRow {
  return {
    ...lead,
    talkMs: lead.talkMs + talkMs,
    holdMs: lead.holdMs + holdMs,
    twoWayTalkMs: lead.twoWayTalkMs === undefined ? undefined : lead.twoWayTalkMs + (twoWayTalkMs ?? 0),
  }
}
