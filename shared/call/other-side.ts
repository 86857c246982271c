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
    if (joined !== undefined && (tie.kind === 'connects' || (isOutside(joined) && !isOutside(other)))) other = joined
  }
  return other
}

/** Who comes into a session by a tie, for somebody who stays in it; `undefined` when nobody does, or nobody knows. */
function selectJoined(call: Call, tie: Tie, extensionId: string, ties: readonly Tie[]): Counterpart | undefined {
  if (tie.kind === 'goesOn') {
    return tie.to !== call || tie.leg.extensionId === extensionId
      ? undefined
      : nameFully(describeSelf(tie.peer ?? tie.leg), call)
  }
  const [near, far, farCall] =
    tie.from === call ? [tie.leg, tie.peer, tie.to] : tie.to === call ? [tie.peer, tie.leg, tie.from] : []
  if (farCall === undefined || far === undefined || far.extensionId === extensionId) return undefined
  if (near?.extensionId === extensionId) return undefined
  // What tied them to others before this is all that matters, so this ends, also where nothing tells that they left.
  const before = ties.filter(({ atMs }) => atMs < tie.atMs)
  const had = far.extensionId === undefined ? selectCounterpart(far) : selectOtherSide(farCall, far.extensionId, before)
  return had && nameFully(had, farCall)
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
