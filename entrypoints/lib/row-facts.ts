import { assert } from '../../shared/assert.ts'
import { selectTaker } from '../../shared/call/answer.ts'
import { selectPartyName } from '../../shared/call/party-name.ts'
import { isSeenAlone, selectMine } from '../../shared/call/roles.ts'
import type { Call } from '../../shared/call/state.ts'
import type { TrackedCall } from '../../shared/call/track.ts'
import type { CallView } from '../../shared/call/view.ts'
import { missingSequences } from '../../shared/history/history.ts'
import { measureAgent } from '../../shared/metrics/agent.ts'
import { measureCall, selectTwoWayTalkStart } from '../../shared/metrics/call.ts'
import { isEstimate } from '../../shared/metrics/figure.ts'
import { numberKey } from '../../shared/number/key.ts'
import type { CallRow } from './store/schema.ts'

/** Of a call's row what its events tell; the rest is how it is shown and kept. */
export type RowFacts = Omit<
  CallRow,
  | 'delayMs'
  | 'eventsGone'
  | 'live'
  | 'active'
  | 'shownUntilMs'
  | 'isDismissed'
  | 'isFolded'
  | 'chosenUrl'
  | 'missedUnseen'
>

export interface RowReader {
  readonly extensionId: string
  /** In which the person writes numbers, ISO 3166. */
  readonly country: string
  /** Whether every event of the session is there, so that a missing number is a missed event. */
  readonly isComplete: boolean
}

/** `view`: the call as this person sees it. */
export function selectRowFacts(
  { call, history }: TrackedCall,
  view: CallView,
  { extensionId, country, isComplete }: RowReader,
): RowFacts {
  const missing = isComplete ? missingSequences(history) : []
  const figures = measureAgent(call, extensionId, missing)
  assert(figures !== undefined, 'a person who has a view of a call should have figures of it')
  const { ring, talk, hold } = figures
  const leg = call.legs.find(({ id }) => id === view.legId)
  const isAlone = isSeenAlone(call, selectMine(call, extensionId))
  const { twoWayTalk, callerWait } = measureCall(call, missing)
  const twoWaySince = isAlone || view.phase === 'ended' ? undefined : selectTwoWayTalkStart(call)
  const { key } = numberKey(view.counterpart.phoneNumber, country)
  return {
    telephonySessionId: view.telephonySessionId,
    partyId: view.legId,
    direction: view.direction,
    phase: view.phase,
    phaseSinceMs: view.phaseSinceMs,
    startedMs: view.startedMs,
    name: view.counterpart.name,
    phoneNumber: view.counterpart.phoneNumber,
    ...(key === undefined ? {} : { numberKey: key }),
    queueName: view.queueName,
    parkedAt: view.parkedAt,
    isMuted: leg?.muted ?? false,
    recordings: leg?.recordings ?? [],
    outcome: view.outcome,
    ...(view.isOutcomeLikely ? { isOutcomeLikely: true } : {}),
    ringMs: ring.ms,
    talkMs: talk.ms,
    holdMs: hold.ms,
    twoWayTalkMs: isAlone ? undefined : twoWayTalk.ms,
    ...(twoWaySince === undefined ? {} : { twoWayTalkSinceMs: twoWaySince.timeMs }),
    callerWaitMs: isAlone ? undefined : callerWait?.ms,
    ...describeTaker(call, extensionId),
    peerIds: [...new Set(call.legs.flatMap(({ end }) => end?.peer?.telephonySessionId ?? []))],
    isEstimate: isEstimate(ring, talk, hold) || view.isOutcomeLikely,
    missingSequences: missing,
  }
}

function describeTaker(call: Call, extensionId: string): Pick<CallRow, 'takenBy'> {
  const taker = selectTaker(call)
  if (taker === undefined || call.startedMs === undefined) return {}
  const { leg, mark } = taker
  return {
    takenBy: {
      isMe: leg.extensionId === extensionId,
      name: selectPartyName(call, leg),
      afterMs: Math.max(0, mark.timeMs - call.startedMs),
    },
  }
}
