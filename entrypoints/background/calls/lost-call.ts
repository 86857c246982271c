import { selectLostAsOfMs } from '../../../shared/call/doubt.ts'
import type { Outcome } from '../../../shared/call/outcome.ts'
import type { TrackedCall } from '../../../shared/call/track.ts'
import type { Phase } from '../../../shared/call/view.ts'
import { formatInstant } from '../../../shared/time.ts'
import type { LogRecord } from '../../lib/call/received.ts'
import type { CallRow } from '../../lib/store/schema.ts'

/** What becomes of a call that seems to go on, and of whose end nobody can tell any more. */

/**
 * The answer that a relay which still knew the call would have given: over, as of the last sign of it. How much longer it went on
 * nobody knows, so its times are lower bounds, and estimates; what is heard of it after all counts again. `delayMs`: from the
 * platform's clock to the relay's.
 */
export function describeLostCall(tracked: TrackedCall, delayMs: number): LogRecord {
  const asOfMs = selectLostAsOfMs(tracked)
  const { telephonySessionId } = tracked.call
  return {
    receivedAt: formatInstant(asOfMs + (Number.isFinite(delayMs) ? delayMs : 0)),
    status: { telephonySessionId, asOf: formatInstant(asOfMs), found: false },
  }
}

/** The row of a call of which no event is left to be told from: it ends as it was seen last. */
export function endUntoldRow(row: CallRow): CallRow {
  const { active: _, live: __, twoWayTalkSinceMs: ___, ...rest } = row
  return {
    ...rest,
    phase: 'ended',
    outcome: guessOutcome(row),
    isEstimate: true,
    eventsGone: 1,
    shownUntilMs: undefined,
  }
}

function guessOutcome({ phase, direction, talkMs }: CallRow): Outcome {
  const known = LAST_SEEN[phase]
  if (known !== undefined) return known
  return talkMs > 0 ? 'answered' : direction === 'Inbound' ? 'missed' : 'cancelled'
}

const LAST_SEEN: Readonly<Partial<Record<Phase, Outcome>>> = {
  talking: 'answered',
  onHold: 'answered',
  parked: 'parked',
  voicemail: 'voicemail',
  fax: 'fax',
  replied: 'replied',
}
