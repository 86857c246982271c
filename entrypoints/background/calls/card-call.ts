import type { Counterpart } from '../../../shared/call/view.ts'
import { numberRegion } from '../../../shared/number/region.ts'
import { NO_NAMES, selectCallerName } from '../../lib/caller/caller-name.ts'
import type { KnownCaller } from '../../lib/caller/known-caller.ts'
import type { OfferedActions } from '../../lib/contract/call-actions.ts'
import type { CardCall } from '../../lib/contract/card-call.ts'
import type { CardCrm } from '../../lib/contract/crm.ts'
import type { RecordMatch } from '../../lib/contract/record-match.ts'
import type { CardNote } from '../../lib/notes/note.ts'
import { userCountry } from '../../lib/settings/country.ts'
import type { CallRow, StoredRuleNotice } from '../../lib/store/schema.ts'
import { nameCounterpart, nameRegion } from '../../lib/wording/labels.ts'
import { formatShownName, formatShownNumber } from '../../lib/wording/shown-number.ts'
import { drawNotices } from './draw-notices.ts'

/** What there is beside the call itself. */
export interface CardFacts {
  readonly match: RecordMatch | undefined
  readonly crm?: CardCrm | undefined
  readonly known: KnownCaller | undefined
  readonly note: CardNote
  readonly actions: OfferedActions
  /** What rules have told of it, the latest last. */
  readonly notices?: readonly StoredRuleNotice[]
  /** Whether it has been on hold for long, or for too long. */
  readonly holdSeverity?: 'long' | 'tooLong' | undefined
  /** Whether the last digits of numbers are hidden. */
  readonly isMasking: boolean
}

/** A call as a card draws it at this moment. `nowMs`: relay's clock. */
export function drawCard(row: CallRow, nowMs: number, { isMasking, notices = [], ...facts }: CardFacts): CardCall {
  const country = userCountry()
  const reader = { country, isMasking }
  const region = numberRegion(row.phoneNumber, country)
  const platformNowMs = nowMs - row.delayMs
  const named = selectCallerName(row, facts.known?.names ?? NO_NAMES)
  return {
    telephonySessionId: row.telephonySessionId,
    direction: row.direction,
    phase: row.phase,
    name: formatShownName(named?.name, row.phoneNumber, reader),
    nameSource: named?.source,
    number: formatShownNumber(row.phoneNumber, reader),
    region: region === undefined || region === country ? undefined : nameRegion(region),
    ...(row.conferenceWith === undefined
      ? {}
      : { conferenceWith: row.conferenceWith.map((one) => nameForReading(one, isMasking)) }),
    queueName: row.queueName,
    parkedAt: row.parkedAt,
    outcome: row.outcome,
    isOutcomeLikely: row.isOutcomeLikely === true,
    takenBy: row.takenBy?.isMe === false ? row.takenBy.name : undefined,
    isMuted: row.isMuted,
    isHandRaised: row.isHandRaised === true,
    whispers: row.whispers ?? [],
    ...drawNotices(row, notices),
    isRecording: row.recordings.some(({ active }) => active),
    startedMs: row.startedMs,
    phaseMs: Math.max(0, platformNowMs - row.phaseSinceMs),
    ringMs: row.ringMs,
    talkMs: row.talkMs,
    holdMs: row.holdMs,
    twoWayTalkMs: twoWayTalkMs(row, platformNowMs),
    isTwoWayTalk: row.twoWayTalkSinceMs !== undefined,
    isEstimate: row.isEstimate,
    isFolded: row.isFolded,
    isSample: false,
    ...facts,
  }
}

/** Somebody by name or number, as it is to be read. */
export function nameForReading({ name, phoneNumber }: Omit<Counterpart, 'extensionId'>, isMasking: boolean): string {
  const reader = { country: userCountry(), isMasking }
  return nameCounterpart(formatShownName(name, phoneNumber, reader), formatShownNumber(phoneNumber, reader))
}

function twoWayTalkMs(
  { twoWayTalkMs: finishedMs, twoWayTalkSinceMs: sinceMs }: CallRow,
  nowMs: number,
): number | undefined {
  if (finishedMs === undefined || sinceMs === undefined) return finishedMs
  return finishedMs + Math.max(0, nowMs - sinceMs)
}
