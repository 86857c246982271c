import { assert } from '../../../shared/assert.ts'
import { selectTaker } from '../../../shared/call/answer.ts'
import type { MyCall } from '../../../shared/call/my-calls.ts'
import { selectPartyName } from '../../../shared/call/party-name.ts'
import { isSeenAlone, selectMine } from '../../../shared/call/roles.ts'
import { isEstimate } from '../../../shared/metrics/figure.ts'
import { listOwnFigures, measureTimes } from '../../../shared/metrics/figures.ts'
import { type MissingOf, measureMyCall } from '../../../shared/metrics/my-call.ts'
import { numberKey } from '../../../shared/number/key.ts'
import type { CallRow } from '../store/schema.ts'

/** The fields of a call's row that follow from its events; the others are about how it is shown and stored. */
export type RowFacts = Omit<
  CallRow,
  | 'delayMs'
  | 'eventsGone'
  | 'live'
  | 'active'
  | 'shownUntilMs'
  | 'usedMs'
  | 'isDismissed'
  | 'isFolded'
  | 'chosenUrl'
  | 'isHandRaised'
  | 'whispers'
  | 'missedUnseen'
>

export interface RowReader {
  readonly extensionId: string
  /** Country (ISO 3166) whose number format the person types. */
  readonly country: string
  /** The events of a session that are known to be missing: none where not every event is delivered. */
  readonly missingOf: MissingOf
}

/** `mine`: the session as this person has it. */
export function selectRowFacts(mine: MyCall, { extensionId, country, missingOf }: RowReader): RowFacts {
  const { call, view, course, kind, customerCallId } = mine
  const figures = measureMyCall(mine, extensionId, missingOf)
  assert(figures !== undefined, 'a person who has a view of a call should have figures of it')
  const leg = course.flatMap(({ legs }) => legs).find(({ id }) => id === view.legId)
  // A listener has no conversation of their own.
  const isAlone = kind === 'listener' || isSeenAlone(call, selectMine(call, extensionId))
  const twoWaySince = isAlone || view.phase === 'ended' ? undefined : figures.twoWayTalkFrom
  const { key } = numberKey(view.counterpart.phoneNumber, country)
  return {
    telephonySessionId: view.telephonySessionId,
    ...(view.currentSessionId === view.telephonySessionId ? {} : { currentSessionId: view.currentSessionId }),
    ...(kind === 'call' ? {} : { part: { kind, ofId: customerCallId } }),
    partyId: view.legId,
    direction: view.direction,
    phase: view.phase,
    phaseSinceMs: view.phaseSinceMs,
    startedMs: view.startedMs,
    name: view.counterpart.name,
    phoneNumber: view.counterpart.phoneNumber,
    // A part of a call is not another call with that number.
    ...(key === undefined || kind !== 'call' ? {} : { numberKey: key }),
    ...(view.conferenceWith.length === 0 ? {} : { conferenceWith: view.conferenceWith }),
    queueName: view.queueName,
    parkedAt: view.parkedAt,
    isMuted: leg?.muted ?? false,
    recordings: leg?.recordings ?? [],
    outcome: view.outcome,
    ...(view.isOutcomeLikely ? { isOutcomeLikely: true } : {}),
    ...measureTimes(figures, isAlone),
    ...(twoWaySince === undefined ? {} : { twoWayTalkSinceMs: twoWaySince.timeMs }),
    ...describeTaker(mine, extensionId),
    peerIds: listPeers(mine),
    isEstimate:
      isEstimate(...listOwnFigures(figures)) ||
      view.isOutcomeLikely ||
      figures.call.twoWayTalk.estimates.some(({ because }) => because === 'outOfSight'),
    missingSequences: missingOf(call),
  }
}

/** The sessions that this one is tied to, whichever side reported it; including ones not seen yet. */
function listPeers({ call, ties }: MyCall): readonly string[] {
  const linked = call.legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? [])
  const tied = ties.flatMap(({ from, to }) => (to === call ? from.telephonySessionId : []))
  return [...new Set([...linked, ...tied])].sort()
}

/** Whoever picks a call up is often named in the session alone that they dialled for it. */
function describeTaker({ call, journey }: MyCall, extensionId: string): Pick<CallRow, 'takenBy'> {
  const taker = selectTaker(call)
  if (taker === undefined || call.startedMs === undefined) return {}
  const { leg, mark } = taker
  const elsewhere = journey.calls.flatMap((one) => (one === call ? [] : one.legs))
  return {
    takenBy: {
      isMe: leg.extensionId === extensionId,
      name: selectPartyName({ legs: [...elsewhere, ...call.legs] }, leg),
      afterMs: Math.max(0, mark.timeMs - call.startedMs),
    },
  }
}
