import { isRoom } from '../call/course.ts'
import { isHandOver, isOver } from '../call/end.ts'
import type { Journey } from '../call/journey.ts'
import { selectConnected, selectFirst, selectStart } from '../call/leg.ts'
import { describeSelf } from '../call/other-side.ts'
import { isOutside } from '../call/outside.ts'
import { selectCaller, selectCurrent, selectDirection, selectMine, selectRole, sortLegs } from '../call/roles.ts'
import type { Call, Leg } from '../call/state.ts'
import { type Counterpart, selectCounterpart } from '../call/view.ts'
import { isOfQueue, selectQueueVisits } from '../live/queue-visit.ts'
import type { NumberKey } from '../number/key.ts'
import type { ExtensionKind } from '../protocol/extension-kind.ts'
import { readNumber } from './match-number.ts'

/** What an extension is by the account's directory; `undefined` for one that it does not have. */
export type KindOf = (extensionId: string) => ExtensionKind | undefined

/**
 * A leg on which a rule can act: somebody from outside calls, and a phone rings, a queue has them wait, or somebody is on the phone
 * with them. Times are ms since the epoch, platform's clock.
 */
export interface RuledLeg {
  readonly telephonySessionId: string
  readonly partyId: string
  /** Extension id of whose leg it is, a person's or a queue's. */
  readonly ownerId: string
  /** `waits`: in a queue. */
  readonly phase: 'rings' | 'waits' | 'connected'
  /**
   * Since when the phone rings, or the caller waits; of a connected leg, when its phone began to. `undefined`: it has not rung, or that
   * is not known.
   */
  readonly ringSinceMs: number | undefined
  /** Of a connected leg. */
  readonly connectedMs: number | undefined
  /** The queue in which the caller waits, or from which they came to this phone. */
  readonly queueId: string | undefined
  /** Who calls, as RingCentral tells it; `undefined` where it is withheld. */
  readonly caller: string | undefined
  readonly callerKey: NumberKey
  /** What the caller dialled. */
  readonly calledKey: NumberKey
}

/** What is known beside a session. */
export interface LegFacts {
  readonly kindOf: KindOf
  /** The sessions that this one is tied to, itself among them. */
  readonly journey: Journey
}

/** Those of a session, queues first: to send a caller on who waits there is to send them on, an agent's phone is an offer only. */
export function selectRuledLegs(call: Call, facts: LegFacts): readonly RuledLeg[] {
  if (isOver(call) || isRoom(call) || UNRULED_ORIGINS.has(call.origin ?? '') || hasCallerLeft(call)) return []
  const isAnswered = call.legs.some((leg) => isOnPhone(call, leg, facts))
  const legs = sortLegs(call.legs).flatMap((leg) => {
    const phase = selectPhase(call, leg, facts)
    // While somebody has the caller, a phone that is told to ring is one whose end is on its way.
    return phase === undefined || (isAnswered && phase !== 'connected')
      ? []
      : (describeLeg(call, leg, phase, facts) ?? [])
  })
  return [...legs.filter(({ phase }) => phase === 'waits'), ...legs.filter(({ phase }) => phase !== 'waits')]
}

/** The platform's own, in which nobody calls. */
const UNRULED_ORIGINS: ReadonlySet<string> = new Set(['GreetingsRecording', 'VerificationCall', 'TestCall'])

/** Who called a session in from outside, without a number where it is withheld; `undefined` where nobody did. */
export function selectOutsideCaller(call: Call): Counterpart | undefined {
  if (isRoom(call)) return undefined
  const first = sortLegs(call.legs).find((leg) => leg.extensionId !== undefined && selectDirection(leg) === 'Inbound')
  const caller = first && describeCaller(call, first)
  return caller !== undefined && isOutside(caller) ? caller : undefined
}

function describeLeg(call: Call, leg: Leg, phase: RuledLeg['phase'], { journey }: LegFacts): RuledLeg | undefined {
  const caller = describeCaller(call, leg)
  const callerKey = readNumber(caller.phoneNumber)
  if (!isOutside(caller) || callerKey.kind === 'extension' || leg.extensionId === undefined) return undefined
  return {
    telephonySessionId: call.telephonySessionId,
    partyId: leg.id,
    ownerId: leg.extensionId,
    phase,
    ringSinceMs: (phase === 'waits' ? selectStart(leg) : selectFirst(leg, 'ring'))?.timeMs,
    connectedMs: phase === 'connected' ? selectConnected(leg)?.timeMs : undefined,
    queueId: phase === 'waits' ? leg.extensionId : leg.queueCall ? leg.to.extensionId : undefined,
    caller: callerKey.kind === 'withheld' ? undefined : caller.phoneNumber,
    callerKey,
    calledKey: readNumber(selectDialled(journey.calls.find(selectOutsideCaller) ?? call)),
  }
}

/** An agent's leg may come before the event that names the caller. */
function describeCaller(call: Call, leg: Leg): Counterpart {
  const told = selectCounterpart(leg)
  if (told.phoneNumber !== undefined || told.extensionId !== undefined) return told
  const caller = selectCaller(call)
  return caller === undefined ? told : describeSelf(caller)
}

/** By the caller's own leg, else by the first that was reached: those behind a menu may be told by other numbers. */
function selectDialled(call: Call): string | undefined {
  const first = sortLegs(call.legs).find((other) => selectDirection(other) === 'Inbound')
  return selectCaller(call)?.to.phoneNumber ?? first?.to.phoneNumber
}

/** Whether the caller has hung up: the ends of the others are on their way, or lost. */
function hasCallerLeft(call: Call): boolean {
  const end = selectCaller(call)?.end
  return end?.kind === 'disconnected' && !isHandOver(end)
}

function selectPhase(call: Call, leg: Leg, facts: LegFacts): RuledLeg['phase'] | undefined {
  const { current, extensionId } = leg
  if (current === undefined || extensionId === undefined || selectDirection(leg) !== 'Inbound') return undefined
  const kind = facts.kindOf(extensionId)
  if (kind === 'queue' || isOfQueue(call, leg, isNoQueue)) return isWaiting(call, leg, facts) ? 'waits' : undefined
  if (isOnPhone(call, leg, facts)) return 'connected'
  if (kind === 'machine' || !isLatest(call, leg, extensionId)) return undefined
  // A menu has the caller in setup all the time: only of somebody's extension it says that the phone is about to ring.
  return current.state === 'ring' || (current.state === 'setup' && kind === 'person') ? 'rings' : undefined
}

const isNoQueue = () => false

function isWaiting(call: Call, leg: Leg, { kindOf }: LegFacts): boolean {
  const visits = selectQueueVisits(call, (id) => kindOf(id) === 'queue')
  return visits.some(({ partyId, end }) => partyId === leg.id && end === undefined)
}

/** Whether somebody whose phone it is has the caller on it, also on hold. */
function isOnPhone(call: Call, leg: Leg, { kindOf, journey }: LegFacts): boolean {
  const { current, extensionId } = leg
  if (current?.state !== 'talk' && current?.state !== 'hold') return false
  if (extensionId === undefined || selectDirection(leg) !== 'Inbound') return false
  const kind = kindOf(extensionId)
  // A menu answers as well; where the directory does not tell, a phone is known by having rung.
  if (kind === undefined ? selectFirst(leg, 'ring') === undefined : kind !== 'person') return false
  return selectRole(call, leg, journey.monitorIds) === 'person' && isLatest(call, leg, extensionId)
}

/** Of an extension whose phone rang twice the event that ended the first may be lost. */
function isLatest(call: Call, leg: Leg, extensionId: string): boolean {
  return selectCurrent(selectMine(call, extensionId)) === leg
}
