import { isOver } from '../call/end.ts'
import { createGroups, type Groups, type Journey } from '../call/journey.ts'
import { selectRole } from '../call/roles.ts'
import type { Leg, LegState } from '../call/state.ts'
import { estimateLegs } from './estimate.ts'
import { type Estimate, type Figure, type Stretch, sumFigure } from './figure.ts'
import { listChanges } from './timeline.ts'

/** What a journey was like for the person whose call it is. */
export interface JourneyFigures {
  /** Everyone who talked with them, in the order of their first word, and how long. */
  readonly had: readonly { readonly leg: Leg; readonly talk: Figure }[]
  /**
   * All the time in which they talked with nobody: menus, rings, queues, holds and parking places, from the first event until
   * they left. `undefined` while it goes on, or when they were never seen.
   */
  readonly wait: Figure | undefined
}

/** `missing`: the numbers that are known to be missing, by session. */
export function measureJourney(
  journey: Journey,
  missing: ReadonlyMap<string, readonly number[]> = new Map(),
): JourneyFigures {
  const stages = listStages(journey)
  const spans = listSpans(journey, stages)
  const estimates = journey.calls.flatMap(({ telephonySessionId, legs }) =>
    estimateLegs(legs, missing.get(telephonySessionId) ?? []),
  )
  const leftMs = journey.calls.every(isOver) ? stages.at(-1)?.latestMs : undefined
  return {
    had: listPartners(spans).map(({ leg, stretches }) => ({ leg, talk: sumFigure(stretches, estimates) })),
    wait: leftMs === undefined ? undefined : measureWait(spans, leftMs, estimates),
  }
}

/** Between two changes nothing changes: who is connected with the customer meanwhile, both of them not on hold. */
interface Span extends Stretch {
  readonly partners: readonly Leg[]
}

/**
 * The customer's parties, one after the other: in another session they are another party. One of somebody else, whose place they have
 * taken there, is none of theirs.
 */
export function listStages({ calls, customer }: Pick<Journey, 'calls' | 'customer'>): readonly Leg[] {
  const legs = new Map(calls.flatMap((call) => call.legs.map((leg) => [leg.id, leg] as const)))
  const stages: Leg[] = []
  for (let leg = customer; leg !== undefined && !stages.includes(leg); ) {
    stages.push(leg)
    const next: Leg | undefined = legs.get(leg.end?.peer?.partyId ?? '')
    leg = next?.extensionId === leg.extensionId ? next : undefined
  }
  return stages
}

/**
 * Goes through all sessions of a journey at once. Sessions are one conversation from the moment on at which a party goes from
 * one to the other: after an attended transfer the two who stay talk across two sessions. Before it, the agent who asks a
 * colleague is not talking with the customer.
 */
function listSpans({ calls, monitorIds }: Journey, stages: readonly Leg[]): readonly Span[] {
  const homes = new Map(calls.flatMap((call) => call.legs.map((leg) => [leg, call] as const)))
  const people = new Set(
    [...homes].flatMap(([leg, call]) => (selectRole(call, leg, monitorIds) === 'person' ? leg : [])),
  )
  const groups = createGroups(calls.map(({ telephonySessionId }) => telephonySessionId))
  const groupOf = (leg: Leg) => groups.find(homes.get(leg)?.telephonySessionId ?? '')
  const states = new Map<Leg, LegState>()
  const changes = listChanges([...homes.keys()])
  const spans: Span[] = []
  for (const [index, { leg, state, mark }] of changes.entries()) {
    if (state === undefined) {
      states.delete(leg)
      joinPeer(groups, homes.get(leg)?.telephonySessionId, leg)
    } else states.set(leg, state)
    const next = changes[index + 1]
    if (next === undefined || next.mark.timeMs === mark.timeMs) continue
    const talking = [...states].flatMap(([other, doing]) => (doing === 'talk' ? other : []))
    const rooms = new Set(talking.filter((other) => stages.includes(other)).map(groupOf))
    const partners = talking.filter(
      (other) => people.has(other) && !stages.includes(other) && rooms.has(groupOf(other)),
    )
    spans.push({ from: mark, to: next.mark, partners })
  }
  return spans
}

function joinPeer(groups: Groups, session: string | undefined, { end }: Leg): void {
  const peer = end?.peer?.telephonySessionId
  if (session !== undefined && peer !== undefined) groups.join(session, peer)
}

/** One entry a person: somebody may have several parties, one after the other or at once. */
function listPartners(
  spans: readonly Span[],
): readonly { readonly leg: Leg; readonly stretches: readonly Stretch[] }[] {
  const partners = new Map<string, { readonly leg: Leg; stretches: readonly Stretch[] }>()
  for (const span of spans) {
    for (const [who, leg] of new Map(span.partners.map((partner) => [identify(partner), partner]))) {
      const present = partners.get(who)
      if (present === undefined) partners.set(who, { leg, stretches: append([], span) })
      else present.stretches = append(present.stretches, span)
    }
  }
  return [...partners.values()]
}

function identify({ id, extensionId, direction, from, to }: Leg): string {
  return extensionId ?? (direction === 'Outbound' ? from : to).phoneNumber ?? id
}

function measureWait(spans: readonly Span[], leftMs: number, estimates: readonly Estimate[]): Figure {
  const alone = spans.filter(({ partners, from }) => partners.length === 0 && from.timeMs < leftMs)
  return sumFigure(alone.reduce<readonly Stretch[]>(append, []), estimates)
}

/** A stretch that goes on where the last one ended makes that longer. */
function append(stretches: readonly Stretch[], { from, to }: Stretch): readonly Stretch[] {
  const last = stretches.at(-1)
  if (last === undefined || last.to.timeMs !== from.timeMs) return [...stretches, { from, to }]
  return [...stretches.slice(0, -1), { from: last.from, to }]
}
