import { formatNumber } from '../../shared/number/format.ts'
import { userCountry } from '../lib/country.ts'
import type { CardCall } from '../lib/ports.ts'
import type { CallRow } from '../lib/store/schema.ts'

/** A call as a card draws it at this moment. `nowMs`: relay's clock. */
export function drawCard(row: CallRow, nowMs: number): CardCall {
  return {
    telephonySessionId: row.telephonySessionId,
    direction: row.direction,
    phase: row.phase,
    name: row.name,
    number: formatNumber(row.phoneNumber, userCountry()),
    queueName: row.queueName,
    outcome: row.outcome,
    phaseMs: Math.max(0, nowMs - row.delayMs - row.phaseSinceMs),
    ringMs: row.ringMs,
    talkMs: row.talkMs,
    holdMs: row.holdMs,
  }
}
