import type { Call, Leg } from './state.ts'

/**
 * What the person or place of a leg is called; `undefined` when nothing tells it. A leg names at its own end whom the call was for,
 * and that may be another: a queue, or a colleague in whose name this phone was rung. An extension that any leg of the call names
 * by its id is known by that name.
 */
export function selectPartyName({ legs }: Pick<Call, 'legs'>, leg: Leg): string | undefined {
  const { extensionId } = leg
  const own = selectOwnEnd(leg)
  if (extensionId === undefined) return isForAnother(legs, leg) ? undefined : own.name
  if (own.extensionId === extensionId && own.name !== undefined) return own.name
  const ends = legs.flatMap(({ from, to }) => [from, to])
  const named = ends.findLast((end) => end.extensionId === extensionId && end.name !== undefined)
  if (named !== undefined) return named.name
  return isForAnother(legs, leg) ? undefined : own.name
}

/** A party is who it is at its own end: a caller where the call comes from, a called one where it goes. */
export function selectOwnEnd({ direction, from, to }: Leg): Leg['to'] {
  return direction === 'Outbound' ? from : to
}

/** Whether what a leg says at its own end is about another party than its own. */
export function isForAnother(legs: readonly Leg[], leg: Leg): boolean {
  const own = selectOwnEnd(leg)
  // A caller from outside is told by their own number; a phone outside may be rung in the name of an extension.
  if (leg.extensionId === undefined && leg.direction === 'Outbound') return false
  if (leg.queueCall) return own.extensionId !== leg.extensionId
  if (own.extensionId !== undefined) return own.extensionId !== leg.extensionId
  // Without an id the number tells whose it is.
  const isOfAnother = ({ extensionId, phoneNumber }: Pick<Leg['to'], 'extensionId' | 'phoneNumber'>) =>
    extensionId !== undefined && extensionId !== leg.extensionId && phoneNumber === own.phoneNumber
  if (own.phoneNumber === undefined) return false
  return legs.some((other) =>
    [{ ...selectOwnEnd(other), extensionId: other.extensionId }, other.from, other.to].some(isOfAnother),
  )
}
