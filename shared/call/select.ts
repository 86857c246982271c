import { assert } from '../assert.ts'
import type { Endpoint } from '../protocol/notification.ts'
import type { Call, Leg, LegState, Mark } from './state.ts'

/** A call as one person sees it: their leg, the other side, and what to say of it now. */
export interface CallView {
  readonly telephonySessionId: string
  readonly legId: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly phase: Phase
  /** When the phase began, ms since the epoch, platform's clock. */
  readonly phaseSinceMs: number
  /** When my leg began. */
  readonly startedMs: number
  /** The other side. Without a number the caller withheld it, or it is not known yet. */
  readonly counterpart: { readonly name: string | undefined; readonly phoneNumber: string | undefined }
  /** The queue the call came through. */
  readonly queueName: string | undefined
  readonly outcome: Outcome | undefined
}

/** `calling` is an outgoing call that nobody has answered yet; the rest are what their names say. */
export type Phase = 'ringing' | 'calling' | 'talking' | 'onHold' | 'parked' | 'voicemail' | 'fax' | 'other' | 'ended'

/** How my leg came out, once it has ended. */
export type Outcome = 'answered' | 'answeredElsewhere' | 'missed' | 'voicemail' | 'notAnswered' | 'transferred' | 'fax'

/** The call seen by the person with this extension; `undefined` when they have no part in it. */
export function selectView(call: Call, extensionId: string): CallView | undefined {
  const leg = selectMyLeg(call, extensionId)
  if (leg === undefined) return undefined
  const { phase, sinceMs } = selectPhase(call, leg)
  const other = leg.direction === 'Outbound' ? leg.to : leg.from
  return {
    telephonySessionId: call.telephonySessionId,
    legId: leg.id,
    direction: leg.direction ?? 'Inbound',
    phase,
    phaseSinceMs: sinceMs,
    startedMs: selectStart(leg).timeMs,
    counterpart: { name: selectName(leg, other), phoneNumber: other.phoneNumber },
    queueName: leg.queueCall ? (leg.queueName ?? leg.to.name) : undefined,
    outcome: leg.end === undefined ? undefined : selectOutcome(call, leg),
  }
}

/** My leg: of several (a call to oneself, a switch of devices) the first that has not ended, else the last. */
export function selectMyLeg(call: Call, extensionId: string): Leg | undefined {
  const mine = call.legs.filter((leg) => leg.extensionId === extensionId)
  return mine.find((leg) => leg.end === undefined) ?? mine.at(-1)
}

/** The event a leg began with. */
export function selectStart(leg: Leg): Mark {
  const mark = leg.intervals[0]?.from ?? leg.current?.from ?? leg.end?.at
  assert(mark !== undefined, `leg ${leg.id} should have been made by an event that begins a state or ends it`)
  return mark
}

/**
 * When a called party really answered: the first `Answered` of an inbound leg. The caller's own `Answered` only says that
 * the call reached something (a menu, a queue, another extension that has not even rung).
 */
export function selectAnsweredAt(call: Call): Mark | undefined {
  let first: Mark | undefined
  for (const leg of call.legs) {
    if (leg.direction !== 'Inbound') continue
    const answered = selectFirst(leg, 'talk')
    if (answered !== undefined && (first === undefined || answered.sequence < first.sequence)) first = answered
  }
  return first
}

/** Where a leg first entered a state. */
export function selectFirst(leg: Leg, state: LegState): Mark | undefined {
  return (
    leg.intervals.find((interval) => interval.state === state)?.from ??
    (leg.current?.state === state ? leg.current.from : undefined)
  )
}

/**
 * A session is over when every party has ended and the last to leave did not leave the call to somebody else. There is no
 * event that says so.
 */
export function isOver(call: Call): boolean {
  const ended = call.legs.filter((leg) => leg.end !== undefined)
  if (ended.length === 0 || ended.length < call.legs.length) return false
  const last = ended.reduce((latest, leg) => (endSequence(leg) > endSequence(latest) ? leg : latest))
  return !isHandOver(last)
}

/** The party that left first ended the conversation; `undefined` while nobody has left. */
export function selectHungUpBy(call: Call): Leg | undefined {
  const answered = selectAnsweredAt(call)
  return call.legs
    .filter((leg) => leg.end?.kind === 'disconnected' && !isHandOver(leg) && hasPart(leg, answered))
    .sort((a, b) => endSequence(a) - endSequence(b))[0]
}

/** Menus and phones that stopped ringing leave before the conversation and did not end it. */
function hasPart(leg: Leg, answered: Mark | undefined): boolean {
  return answered === undefined || endSequence(leg) > answered.sequence
}

function endSequence(leg: Leg): number {
  return leg.end?.at.sequence ?? Number.POSITIVE_INFINITY
}

/** Reasons to leave a session that goes on with another party or device. Source: RingCentral's list of reasons. */
const HAND_OVER_REASONS: ReadonlySet<string> = new Set([
  'BlindTransfer',
  'CallSwitch',
  'Pickup',
  'CallFlip',
  'AgentAnswered',
  'CallerInputRedirect',
  'RccTransfer',
  'DtmfTransfer',
  'CallRedirected',
])

function isHandOver(leg: Leg): boolean {
  return leg.end?.reason !== undefined && HAND_OVER_REASONS.has(leg.end.reason)
}

function selectPhase(call: Call, leg: Leg): { readonly phase: Phase; readonly sinceMs: number } {
  if (leg.current === undefined) return { phase: 'ended', sinceMs: leg.latestMs }
  const { state, from } = leg.current
  if (leg.direction === 'Outbound' && (state === 'setup' || state === 'ring')) {
    return { phase: 'calling', sinceMs: selectStart(leg).timeMs }
  }
  if (leg.direction === 'Outbound' && state === 'talk') {
    const answered = selectAnsweredAt(call)
    const isAlone = !call.legs.some((other) => other !== leg && other.direction === 'Inbound')
    // With only my own leg to see, its `Answered` is all there is to go by.
    if (answered === undefined && !isAlone) return { phase: 'calling', sinceMs: selectStart(leg).timeMs }
    return { phase: 'talking', sinceMs: Math.max(from.timeMs, answered?.timeMs ?? 0) }
  }
  const ringing = selectFirst(leg, 'ring')
  return {
    phase: PHASE_OF_STATE[state],
    sinceMs: state === 'setup' || state === 'ring' ? (ringing ?? from).timeMs : from.timeMs,
  }
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

function selectName(leg: Leg, other: Endpoint): string | undefined {
  return leg.direction === 'Outbound' ? other.name : (leg.callerIdName ?? other.name)
}

function selectOutcome(call: Call, leg: Leg): Outcome {
  const answered = leg.direction === 'Outbound' ? selectAnsweredAt(call) : selectFirst(leg, 'talk')
  if (answered !== undefined) return leg.end?.reason?.endsWith('Transfer') === true ? 'transferred' : 'answered'
  if (selectFirst(leg, 'voicemail') !== undefined) return 'voicemail'
  if (selectFirst(leg, 'fax') !== undefined) return 'fax'
  if (leg.direction === 'Outbound') return 'notAnswered'
  return isAnsweredBySomebodyElse(call, leg) ? 'answeredElsewhere' : 'missed'
}

/** A queue rings many phones and a colleague takes the call: that is not a call missed by the others. */
function isAnsweredBySomebodyElse(call: Call, leg: Leg): boolean {
  if (leg.end?.reason === 'AgentAnswered' || leg.end?.reason === 'Pickup') return true
  return call.legs.some(
    (other) =>
      other !== leg &&
      other.direction === 'Inbound' &&
      other.extensionId !== undefined &&
      other.extensionId !== leg.extensionId &&
      selectFirst(other, 'talk') !== undefined,
  )
}
