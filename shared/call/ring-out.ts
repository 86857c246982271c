import type { CallDraft } from './draft.ts'
import { sortLegs } from './roles.ts'

/**
 * Fills in who began a call by RingOut where no event tells the roles: RingCentral's API description does not list them. The
 * party that the platform counts first is the phone of who asked for the call.
 */
export function assumeRingOutRoles({ origin, legs }: CallDraft): void {
  if (origin !== 'RingOut') return
  for (const leg of legs) leg.assumedRingOutRole = undefined
  const [first] = sortLegs(legs)
  // Of a call in which only others are seen, nobody here asked for it.
  if (first === undefined || first.extensionId === undefined || !isCountedFirst(first.id)) return
  if (legs.some(({ direction, ringOutRole }) => ringOutRole !== undefined || direction === 'Outbound')) return
  first.assumedRingOutRole = 'Initiator'
}

/** Party ids end in a count from 1; where they do not, the first that is known will do. */
function isCountedFirst(id: string): boolean {
  const [, count] = /-(\d+)$/.exec(id) ?? []
  return count === undefined || Number(count) === 1
}
