import type { Endpoint } from '../protocol/party.ts'
import { isOutside } from './outside.ts'
import { selectMine } from './roles.ts'
import type { Call, Leg } from './state.ts'
import type { Tie } from './ties.ts'
import { type Counterpart, selectCounterpart } from './view.ts'

/**
 * Whom a person has on the other side of one of their sessions, as its ties to others tell it.
 *
 * A leg names who called it or whom it calls, and goes on naming them after they have put it through to somebody else. So a
 * colleague who connects two calls is replaced by whom they had in the other one, and theirs in turn by whom they had; and
 * somebody from outside who joins takes the place of a colleague. What happens after the person has left changes nothing.
 * `undefined` when they have no leg in it.
 */
export function selectOtherSide(call: Call, extensionId: string, ties: readonly Tie[]): Counterpart | undefined {
  const mine = selectMine(call, extensionId)
  const first = mine[0]
  if (first === undefined) return undefined
  const leftMs = Math.max(...mine.map(({ end }) => end?.at.timeMs ?? Number.POSITIVE_INFINITY))
  let other = selectCounterpart(first)
  for (const tie of ties) {
    if (tie.atMs >= leftMs) break
    const joined = selectJoined(call, tie, extensionId, ties)
    if (joined === undefined || (isOutside(other) && !isKnown(joined))) continue
    if (tie.kind === 'connects' || (isOutside(joined) && !isOutside(other))) other = joined
  }
  return other
}

/** Who comes into a session by a tie, for somebody who stays in it; `undefined` when nobody does, or nobody knows. */
function selectJoined(call: Call, tie: Tie, extensionId: string, ties: readonly Tie[]): Counterpart | undefined {
  const { kind, leg, peer, from, to } = tie
  if (to === undefined || leg.extensionId === extensionId) return undefined
  if (kind === 'goesOn') return to === call ? nameFully(describeArrived(leg, peer), call) : undefined
  // What tied them to others before this is all that matters, so this ends, also where nothing tells that they left.
  const before = ties.filter(({ atMs }) => atMs < tie.atMs)
  const other = to === call ? selectLeft(from, leg, before) : from === call ? selectMet(tie, before) : undefined
  if (other === undefined || other.extensionId === extensionId) return undefined
  return nameFully(other, to === call ? from : to)
}

/** Whom a party that connects two sessions has left to the other one: a customer comes themselves, a colleague has had somebody. */
function selectLeft(from: Call, leg: Leg, before: readonly Tie[]): Counterpart | undefined {
  return leg.extensionId === undefined ? describeSelf(leg) : selectOtherSide(from, leg.extensionId, before)
}

/** The same in the other direction. The party that is named is that of whoever connects, or of somebody who stays there. */
function selectMet({ leg, peer, to }: Tie, before: readonly Tie[]): Counterpart | undefined {
  if (peer === undefined || to === undefined) return undefined
  const isTheirs = peer.extensionId !== undefined && peer.extensionId === leg.extensionId
  return isTheirs ? selectLeft(to, peer, before) : describeSelf(peer)
}

/** Somebody who goes on in another session is the same person, and may be told there by the place alone that was dialled. */
function describeArrived(leg: Leg, peer: Leg | undefined): Counterpart {
  const self = describeSelf(leg)
  return isKnown(self) || peer === undefined ? self : describeSelf(peer)
}

/** Whether it is told who somebody is, and not a name at the most. */
function isKnown({ phoneNumber, extensionId }: Counterpart): boolean {
  return phoneNumber !== undefined || extensionId !== undefined
}

/** A party is who it is at its own end: a caller where the call comes from, a called one where it goes. */
export function describeSelf({ direction, extensionId, from, to }: Leg): Counterpart {
  const self = direction === 'Outbound' ? from : to
  return { name: self.name, phoneNumber: self.phoneNumber, extensionId: extensionId ?? self.extensionId }
}

/** Whether two descriptions are of one party. */
export function isSameParty(a: Counterpart, b: Counterpart): boolean {
  if (a.extensionId !== undefined && a.extensionId === b.extensionId) return true
  return a.phoneNumber !== undefined && a.phoneNumber === b.phoneNumber
}

/** Some legs of a call tell its people by number alone and others by name. */
function nameFully(other: Counterpart, { legs }: Call): Counterpart {
  if (other.name !== undefined || other.phoneNumber === undefined) return other
  const isThem = (end: Endpoint) => end.phoneNumber === other.phoneNumber && end.name !== undefined
  const end = legs.flatMap(({ from, to }) => [from, to]).find(isThem)
  return end === undefined ? other : { ...other, name: end.name }
}
