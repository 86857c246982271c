import type { Role } from '../calls/live-party.ts'
import type { Fact } from '../calls/live-session.ts'
import { hasLeft, type PartyCode } from '../calls/party-state.ts'

/** One party's part in one session, from its first change to its last. */
export interface Leg {
  readonly telephonySessionId: string
  readonly partyId: string
  readonly role: Role
  /** The person whose part it is. */
  readonly ownerId: string | undefined
  /** The extension whose part it is: that person's, or a queue's. */
  readonly extensionId: string | undefined
  readonly direction: 'Inbound' | 'Outbound'
  /** The queue in whose name it is rung. */
  readonly queueId: string | undefined
  /** The other side's number; `undefined` for a withheld one. */
  readonly number: string | undefined
  readonly startedMs: number
  readonly code: PartyCode
  readonly reason: string | undefined
  /** Since when it is in that state. */
  readonly sinceMs: number
  /** The states that are over, in order. */
  readonly stretches: readonly Stretch[]
  /** Where the party went, with Gone. */
  readonly wentTo: string | undefined
}

export interface Stretch {
  readonly code: PartyCode
  readonly fromMs: number
  readonly toMs: number
}

/** Every part of every session, in the order in which they began. */
export function tellLegs(facts: readonly Fact[]): readonly Leg[] {
  const legs = new Map<string, Leg>()
  for (const fact of facts) legs.set(fact.party.id, apply(legs.get(fact.party.id), fact))
  return [...legs.values()]
}

export function isOver({ code }: Leg): boolean {
  return hasLeft(code)
}

/** When it was first in a state; `undefined` when it never was. */
export function sinceWhen({ code, sinceMs, stretches }: Leg, wanted: PartyCode): number | undefined {
  return stretches.find((stretch) => stretch.code === wanted)?.fromMs ?? (code === wanted ? sinceMs : undefined)
}

/** Time spent in a state that is over, from a moment on. */
export function spentMs({ stretches }: Leg, code: PartyCode, sinceMs = 0): number {
  return stretches
    .filter((stretch) => stretch.code === code && stretch.toMs > sinceMs)
    .reduce((sum, { fromMs, toMs }) => sum + toMs - Math.max(fromMs, sinceMs), 0)
}

function apply(before: Leg | undefined, { atMs, telephonySessionId, sequence, party }: Fact): Leg {
  const { id, role, owner, extensionId, direction, queue, code, status } = party
  const showOther = direction === 'Inbound' ? party.from : party.to
  const leg: Leg = before ?? {
    telephonySessionId,
    partyId: id,
    role,
    ownerId: owner?.extensionId,
    extensionId,
    direction,
    queueId: queue?.extensionId,
    number: undefined,
    startedMs: atMs,
    code,
    reason: undefined,
    sinceMs: atMs,
    stretches: [],
    wentTo: undefined,
  }
  const number = showOther({ sequence, code }).phoneNumber ?? leg.number
  if (code === leg.code) return { ...leg, number }
  return {
    ...leg,
    number,
    code,
    reason: status.reason,
    sinceMs: atMs,
    stretches: [...leg.stretches, { code: leg.code, fromMs: leg.sinceMs, toMs: atMs }],
    wentTo: status.peerId?.telephonySessionId,
  }
}
