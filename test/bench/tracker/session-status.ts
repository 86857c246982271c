import { formatInstant } from '../../../shared/time.ts'
import { type CallPlan, listChanges } from './call-plan.ts'
import { buildRawParty } from './envelope.ts'

/**
 * What the platform would answer at `asOfMs` when asked how a session stands, in the relay's wrapping. A session whose parties have
 * all left is no longer known to it.
 */
export function buildSessionStatus(plan: CallPlan, asOfMs: number): object {
  const { telephonySessionId, startsAtMs } = plan
  const asOf = formatInstant(asOfMs)
  const changes = listChanges(plan)
  if (changes.every(({ atMs }) => atMs <= asOfMs)) return { telephonySessionId, asOf, found: false }
  const latest = new Map(changes.filter(({ atMs }) => atMs <= asOfMs).map((change) => [change.party.id, change]))
  return {
    telephonySessionId,
    asOf,
    found: true,
    session: {
      id: telephonySessionId,
      origin: { type: 'Call' },
      creationTime: formatInstant(startsAtMs),
      parties: [...latest.values()].map(({ party, status }) => buildRawParty(party, status)),
    },
  }
}
