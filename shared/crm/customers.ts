import { selectCalled } from '../call/answer.ts'
import { groupUnmerged, isRoom } from '../call/course.ts'
import type { Journey } from '../call/journey.ts'
import { describeSelf, isSameParty } from '../call/other-side.ts'
import { isOutside } from '../call/outside.ts'
import { selectCaller, selectDirection } from '../call/roles.ts'
import type { Call, Leg } from '../call/state.ts'
import { listTies, type Tie } from '../call/ties.ts'
import { selectCounterpart } from '../call/view.ts'

/** The customer of a call, and the session in which it began. */
export interface Customer {
  /** Theirs; where they are not seen, the colleague's who had them on the other side. */
  readonly leg: Leg
  readonly call: Call
  /** Nothing is told of the customer's own party: the number could not be reached, or only a person's own part is delivered. */
  readonly isUnseen: boolean
}

/**
 * The customers of a journey, each with a call of their own (SPEC.md J9): of sessions that a transfer ties together everybody from outside
 * who called, and the first from outside who was called where nobody had called before. Somebody who goes on in another session is no second customer.
 */
export function listCustomers({ calls, monitorIds }: Pick<Journey, 'calls' | 'monitorIds'>): readonly Customer[] {
  const ties = listTies(calls)
  const continued = new Set(ties.flatMap((tie) => (isOneself(tie) ? (tie.peer?.id ?? []) : [])))
  const isCustomer = (leg: Leg) => !continued.has(leg.id) && !monitorIds.has(leg.id) && isOutside(describeSelf(leg))
  return groupTied(calls, ties).flatMap((tied) => {
    const found = tied.flatMap(
      (call) => selectCallingCustomer(call, isCustomer) ?? selectCalledCustomer(call, isCustomer) ?? [],
    )
    const customers = found.filter((one, index) => index === 0 || selectDirection(one.leg) === 'Outbound')
    return customers.length > 0 ? customers : tied.flatMap(selectUnseen).slice(0, 1)
  })
}

/** Whether the party that is named is who left. A colleague may name the customer whom they leave to somebody else. */
function isOneself({ leg, peer, kind }: Tie): boolean {
  if (peer === undefined || peer.extensionId !== leg.extensionId) return false
  return kind === 'goesOn' || isSameParty(describeSelf(leg), describeSelf(peer))
}

function selectCallingCustomer(call: Call, isCustomer: (leg: Leg) => boolean): Customer | undefined {
  const leg = selectCaller(call)
  return leg !== undefined && isCustomer(leg) ? { leg, call, isUnseen: false } : undefined
}

/** Who was called by a number of the outside world, not by a code. */
function selectCalledCustomer(call: Call, isCustomer: (leg: Leg) => boolean): Customer | undefined {
  const leg = selectCalled(call).find((one) => describeSelf(one).phoneNumber !== undefined && isCustomer(one))
  return leg && { leg, call, isUnseen: false }
}

/** A colleague who had somebody from outside on the other side of whom nothing else is told. */
function selectUnseen(call: Call): readonly Customer[] {
  const caller = selectCaller(call)
  const called = selectCalled(call)
  const leg = caller ?? called[0]
  if (leg?.extensionId === undefined) return []
  const isAlone = called.every(({ extensionId }) => extensionId === leg.extensionId)
  const other = selectCounterpart(leg)
  // A call of one's own to nobody in particular is to a code.
  const isReached = selectDirection(leg) === 'Inbound' || other.phoneNumber !== undefined
  return isAlone && isReached && isOutside(other) ? [{ leg, call, isUnseen: true }] : []
}

/** Sessions that are tied, in one list each time, but not by being merged. A room is no call. */
function groupTied(calls: readonly Call[], ties: readonly Tie[]): readonly (readonly Call[])[] {
  const groups = groupUnmerged(calls, ties)
  const own = calls.filter((call) => !isRoom(call))
  return [...Map.groupBy(own, ({ telephonySessionId }) => groups.find(telephonySessionId)).values()]
}
