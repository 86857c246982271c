import { selectCalled } from './answer.ts'
import { selectStart } from './leg.ts'
import { selectCaller, sortLegs } from './roles.ts'
import type { Call, Leg } from './state.ts'

/**
 * One person's way through a company: the sessions that a transfer, a parking place, a conference or a listener tied together.
 * A party that goes to another session says so as it leaves (Gone, with the session and the party it becomes there).
 */
export interface Journey {
  /** By their start. */
  readonly calls: readonly Call[]
  /** Who began it. */
  readonly caller: Leg | undefined
  /** Whose call it is: the outside person who called or was called first; between colleagues, the caller. */
  readonly customer: Leg | undefined
  /** Parties that listen in. They come from a session of their own, and only that one says what they came for. */
  readonly monitorIds: ReadonlySet<string>
}

/** Sorts calls into journeys, by the start of each. A call that nothing ties to another is a journey of its own. */
export function linkCalls(calls: readonly Call[]): readonly Journey[] {
  const groups = createGroups(calls.map(({ telephonySessionId }) => telephonySessionId))
  for (const call of calls) for (const id of listPeers(call)) groups.join(call.telephonySessionId, id)
  const members = Map.groupBy(calls.toSorted(compareStarts), (call) => groups.find(call.telephonySessionId))
  return [...members.values()].map(describeJourney)
}

function describeJourney(calls: readonly Call[]): Journey {
  const first = calls[0]
  const caller = first && selectCaller(first)
  const outside = first && selectCalled(first).find(({ extensionId }) => extensionId === undefined)
  return {
    calls,
    caller,
    customer: caller?.extensionId === undefined ? (caller ?? outside) : (outside ?? caller),
    monitorIds: new Set(calls.flatMap(({ legs }) => legs.flatMap((leg) => listMonitors(leg, calls)))),
  }
}

function listPeers({ legs }: Call): readonly string[] {
  return legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? [])
}

/** A listener's party where they came from, and the one where they listen: the platform may leave that out, or name whom they came to. */
function listMonitors({ id, extensionId, end }: Leg, calls: readonly Call[]): readonly string[] {
  if (end?.reason !== 'Supervising') return []
  const { telephonySessionId, partyId } = end.peer ?? {}
  const there = calls.find((call) => call.telephonySessionId === telephonySessionId)?.legs ?? []
  const named = there.find((leg) => leg.id === partyId)
  const isTheirs = named === undefined || named.extensionId === extensionId
  if (partyId !== undefined && isTheirs) return [id, partyId]
  const last = sortLegs(there.filter((leg) => leg.extensionId === extensionId)).at(-1)
  return last === undefined ? [id] : [id, last.id]
}

function compareStarts(a: Call, b: Call): number {
  return startOf(a) - startOf(b) || (a.telephonySessionId < b.telephonySessionId ? -1 : 1)
}

function startOf({ startedMs, legs }: Call): number {
  return startedMs ?? Math.min(...legs.map((leg) => selectStart(leg).timeMs))
}

/** Names that belong together: joined ones are found under one name. A name that was never given stands for nobody. */
export interface Groups {
  find(name: string): string
  join(a: string, b: string): void
}

export function createGroups(names: readonly string[]): Groups {
  const parents = new Map(names.map((name) => [name, name]))
  function find(name: string): string {
    const parent = parents.get(name) ?? name
    return parent === name ? name : find(parent)
  }
  return {
    find,
    join(a, b) {
      if (parents.has(a) && parents.has(b)) parents.set(find(b), find(a))
    },
  }
}
