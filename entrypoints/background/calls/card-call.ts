import { formatNumber } from '../../../shared/number/format.ts'
import { numberRegion } from '../../../shared/number/region.ts'
import type { OfferedActions } from '../../lib/card-facts/actions.ts'
import type { CardCall } from '../../lib/card-facts/card-call.ts'
import type { KnownCaller } from '../../lib/card-facts/known-caller.ts'
import type { CardNote } from '../../lib/card-facts/note.ts'
import type { RecordMatch } from '../../lib/card-facts/record-match.ts'
import { userCountry } from '../../lib/country.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { nameRegion } from '../../lib/words.ts'

/** What there is beside the call itself. */
export interface CardFacts {
  readonly match: RecordMatch | undefined
  readonly known: KnownCaller | undefined
  readonly note: CardNote
  readonly actions: OfferedActions
}

/** A call as a card draws it at this moment. `nowMs`: relay's clock. */
export function drawCard(row: CallRow, nowMs: number, facts: CardFacts): CardCall {
  const country = userCountry()
  const region = numberRegion(row.phoneNumber, country)
  return {
    telephonySessionId: row.telephonySessionId,
    direction: row.direction,
    phase: row.phase,
    name: row.name,
    number: formatNumber(row.phoneNumber, country),
    region: region === undefined || region === country ? undefined : nameRegion(region),
    queueName: row.queueName,
    parkedAt: row.parkedAt,
    outcome: row.outcome,
    isMuted: row.isMuted,
    isRecording: row.recordings.some(({ active }) => active),
    startedMs: row.startedMs,
    phaseMs: Math.max(0, nowMs - row.delayMs - row.phaseSinceMs),
    ringMs: row.ringMs,
    talkMs: row.talkMs,
    holdMs: row.holdMs,
    twoWayTalkMs: row.twoWayTalkMs,
    isFolded: row.isFolded,
    isSample: false,
    ...facts,
  }
}
