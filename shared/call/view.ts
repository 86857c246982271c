import type { Endpoint } from '../protocol/party.ts'
import { selectAnsweredAt, selectCalled } from './answer.ts'
import { isDeviceSwitch, isOver } from './end.ts'
import { selectFirst, selectStart, selectStates } from './leg.ts'
import { isOutcomeLikely, type Outcome, selectOutcome } from './outcome.ts'
import { selectParkedAt } from './parking.ts'
import { isSeenAlone, selectCurrent, selectDirection, selectMine, selectRole } from './roles.ts'
import type { Call, Leg, LegState } from './state.ts'

/** A call as one person sees it: their legs, the other side, and what to say of it now. */
export interface CallView {
  readonly telephonySessionId: string
  /** The session that the leg is in that matters now: the call's own, or the one that it goes on in. */
  readonly currentSessionId: string
  /** The leg that matters now: of several the first that has not ended, else the last. */
  readonly legId: string
  /** Every leg of theirs that has been seen, as the platform counted them. */
  readonly legIds: readonly string[]
  /** Which way the call began, for them. */
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  /** When the phase began, ms since the epoch, platform's clock. */
  readonly phaseSinceMs: number
  /** When their first leg began. */
  readonly startedMs: number
  readonly counterpart: Counterpart
  /** Who else is in the conference that the call goes on in. */
  readonly conferenceWith: readonly Counterpart[]
  /** The queue the call came through. */
  readonly queueName: string | undefined
  /** Where the call waits while it is parked, as told. */
  readonly parkedAt: string | undefined
  readonly outcome: Outcome | undefined
  /** Whether that is likely only: what would tell cannot be seen. */
  readonly isOutcomeLikely: boolean
}

/** The other side. Without a number the caller withheld it, or it is not known yet. */
export interface Counterpart {
  readonly name: string | undefined
  readonly phoneNumber: string | undefined
  /** For a colleague. */
  readonly extensionId: string | undefined
}

/**
 * `calling` is an outgoing call that is not answered yet; `replied` one whose caller was sent a message in place of an answer
 * and has not left yet; the rest are what their names say.
 */
export type Phase =
  | 'ringing'
  | 'calling'
  | 'talking'
  | 'onHold'
  | 'parked'
  | 'voicemail'
  | 'fax'
  | 'replied'
  | 'other'
  | 'ended'

/**
 * The call seen by the person with this extension; `undefined` when they have no part in it. `monitorIds`: parties that are known
 * from other sessions to listen in, see journey.ts.
 */
export function selectView(call: Call, extensionId: string, monitorIds?: ReadonlySet<string>): CallView | undefined {
  const mine = selectOwn(call, extensionId, monitorIds)
  const first = mine[0]
  const leg = selectCurrent(mine)
  if (first === undefined || leg === undefined) return undefined
  // What a device of mine took over goes on as it began: the same caller, the same direction.
  const direction = selectDirection(first)
  const { phase, sinceMs } = selectPhase(call, leg, direction, isSeenAlone(call, mine))
  return {
    telephonySessionId: call.telephonySessionId,
    currentSessionId: call.telephonySessionId,
    legId: leg.id,
    legIds: mine.map(({ id }) => id),
    direction,
    phase,
    phaseSinceMs: sinceMs,
    startedMs: selectStart(first).timeMs,
    counterpart: selectCounterpart(first),
    conferenceWith: [],
    queueName: first.queueCall ? selectQueueName(first) : undefined,
    parkedAt: selectParkedAt(call, leg),
    outcome: phase === 'ended' ? selectOutcome(call, mine) : undefined,
    isOutcomeLikely: phase === 'ended' && isOutcomeLikely(call, mine),
  }
}

/** My legs without those by which I listen to a call that had come to me as well; all of them when I do nothing else. */
function selectOwn(call: Call, extensionId: string, monitorIds?: ReadonlySet<string>): readonly Leg[] {
  const mine = selectMine(call, extensionId)
  if (mine.length < 2) return mine
  const own = mine.filter((leg) => selectRole(call, leg, monitorIds) !== 'listener')
  return own.length > 0 ? own : mine
}

/** The other side of a leg: who is called by a caller, who calls a called one. */
export function selectCounterpart(leg: Leg): Counterpart {
  // By RingOut one's own phone is called in the other side's name.
  const other = leg.direction === 'Outbound' ? leg.to : leg.from
  const isCaller = selectDirection(leg) === 'Outbound'
  return {
    name: isCaller ? other.name : (leg.callerIdName ?? stripQueue(leg, other)),
    phoneNumber: other.phoneNumber ?? (isCaller ? undefined : leg.callerIdNumber),
    extensionId: other.extensionId,
  }
}

/** The platform writes the queue's name before the caller's. */
function stripQueue(leg: Leg, { name }: Endpoint): string | undefined {
  const queueName = leg.queueCall ? selectQueueName(leg) : undefined
  if (name === undefined || queueName === undefined) return name
  if (name === queueName) return undefined
  const prefix = `${queueName} - `
  return name.startsWith(prefix) ? name.slice(prefix.length) || undefined : name
}

function selectQueueName({ queueName, to }: Leg): string | undefined {
  return queueName ?? to.name
}

function selectPhase(
  call: Call,
  leg: Leg,
  direction: CallView['direction'],
  isAlone: boolean,
): { readonly phase: Phase; readonly sinceMs: number } {
  if (leg.end !== undefined && isDeviceSwitch(leg.end) && !isOver(call)) return selectPhaseOfSwitch(leg)
  if (leg.current === undefined) return { phase: 'ended', sinceMs: leg.latestMs }
  const { state, from } = leg.current
  if (state === 'other' && leg.wasReplied) return { phase: 'replied', sinceMs: from.timeMs }
  const ringing = state === 'setup' || state === 'ring'
  if (direction === 'Inbound') {
    return { phase: PHASE_OF_STATE[state], sinceMs: (ringing ? (selectFirst(leg, 'ring') ?? from) : from).timeMs }
  }
  const answered = selectAnsweredAt(call)
  // With only my own leg to see, its `Answered` is all there is to go by; by RingOut it is I who answered.
  const isOwnWordEnough = isAlone && leg.ringOutRole === undefined
  const isCalling = ringing || (state === 'talk' && answered === undefined && !isOwnWordEnough)
  if (isCalling) return selectMachine(call) ?? { phase: 'calling', sinceMs: selectStart(leg).timeMs }
  return {
    phase: PHASE_OF_STATE[state],
    sinceMs: Math.max(from.timeMs, state === 'talk' ? (answered?.timeMs ?? 0) : 0),
  }
}

/** A machine of the called side that has the call of mine, while no phone there rings: their mailbox or their fax. */
function selectMachine(call: Call): { readonly phase: Phase; readonly sinceMs: number } | undefined {
  const present = selectCalled(call).flatMap(({ current }) => current ?? [])
  const machine = present.find(({ state }) => state === 'voicemail' || state === 'fax')
  if (machine === undefined || present.some(({ state }) => state === 'setup' || state === 'ring')) return undefined
  return { phase: PHASE_OF_STATE[machine.state], sinceMs: machine.from.timeMs }
}

/** Between two devices the call goes on as it was. */
function selectPhaseOfSwitch(leg: Leg): { readonly phase: Phase; readonly sinceMs: number } {
  const before = selectStates(leg).at(-1)
  return { phase: before === undefined ? 'other' : PHASE_OF_STATE[before], sinceMs: leg.latestMs }
}

/** An inbound setup is shown as ringing already: the phone follows within milliseconds, and the agent wants the name now. */
const PHASE_OF_STATE: Readonly<Record<LegState, Phase>> = {
  setup: 'ringing',
  ring: 'ringing',
  talk: 'talking',
  hold: 'onHold',
  parked: 'parked',
  voicemail: 'voicemail',
  fax: 'fax',
  other: 'other',
}
