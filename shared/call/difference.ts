import { unreachable } from '../assert.ts'
import { compareIds } from './leg.ts'
import type { CallView, Phase } from './view.ts'

/**
 * What has become different in a call, for the person whose call it is: what they are told, and what becomes of its card. A
 * function of what was seen before and what is seen now, so a late event says what it changes and no more.
 */
export interface Difference {
  /** In the order in which to tell them. */
  readonly news: readonly News[]
  /** What becomes of the card of this call. */
  readonly card: 'opens' | 'stays' | 'closes'
}

/**
 * `ringing` and `calling` are a call that begins, to me and by me; `improved` is the same state better told, a name that came
 * late; `ended` is any end that none of the others names.
 */
export type News =
  | 'ringing'
  | 'calling'
  | 'improved'
  | 'answered'
  | 'answeredElsewhere'
  | 'held'
  | 'resumed'
  | 'parked'
  | 'transferred'
  | 'ended'
  | 'missed'

const NOTHING: Difference = { news: [], card: 'stays' }

/**
 * Compares a call before and after something came in; `undefined` is a call in which I had no part yet.
 *
 * A card opens once for each leg of mine that begins after every other has ended, and never for a call that is over when it is
 * first seen; a leg that the platform counted before one that is known opens nothing, for its time has passed.
 */
export function compareViews(before: CallView | undefined, after: CallView | undefined): Difference {
  if (after === undefined || before === after) return NOTHING
  if (before === undefined) return compareFirst(after)
  if (before.phase === 'ended') return compareEnded(before, after)
  if (after.phase === 'ended') return { news: [tellEnd(after, before.phase)], card: 'closes' }
  if (before.phase !== after.phase) return { news: tellPhase(before.phase, after), card: 'stays' }
  return isToldSame(before, after) ? NOTHING : { news: ['improved'], card: 'stays' }
}

function compareFirst(after: CallView): Difference {
  if (after.phase !== 'ended') return { news: tellPhase(undefined, after), card: 'opens' }
  // Nothing to show, yet a call that was missed is news whenever it is heard of.
  return tellEnd(after) === 'missed' ? { news: ['missed'], card: 'stays' } : NOTHING
}

function compareEnded(before: CallView, after: CallView): Difference {
  if (after.phase === 'ended') {
    if (before.outcome !== after.outcome) return { news: [tellEnd(after)], card: 'stays' }
    return isToldSame(before, after) ? NOTHING : { news: ['improved'], card: 'stays' }
  }
  const isNewLeg = before.legIds.every((id) => isBefore(id, after))
  return isNewLeg ? { news: tellPhase(undefined, after), card: 'opens' } : NOTHING
}

/** Legs of one session count up; those of the session that a call goes on in come after them. */
function isBefore(legId: string, { legId: current, legIds, telephonySessionId, currentSessionId }: CallView): boolean {
  if (telephonySessionId === currentSessionId) return compareIds(legId, current) < 0
  const index = legIds.indexOf(legId)
  return index !== -1 && index < legIds.indexOf(current)
}

/** `phase`: what it was in until now. That it is parked is told once, also where the leg that parked it ended with that. */
function tellEnd({ direction, outcome }: CallView, phase?: Phase): News {
  switch (outcome) {
    case 'parked':
      return phase === 'parked' ? 'ended' : 'parked'
    case 'answeredElsewhere':
    case 'transferred':
      return outcome
    case 'missed':
    case 'callerGaveUp':
      return direction === 'Inbound' ? 'missed' : 'ended'
    case 'answered':
    case 'replied':
    case 'rejected':
    case 'voicemail':
    case 'cancelled':
    case 'busy':
    case 'failed':
    case 'notPlaced':
    case 'fax':
    case undefined:
      return 'ended'
    default:
      return unreachable(outcome)
  }
}

function tellPhase(before: Phase | undefined, { phase }: CallView): readonly News[] {
  switch (phase) {
    case 'ringing':
    case 'calling':
      return [phase]
    case 'talking':
      return [before === 'onHold' || before === 'parked' ? 'resumed' : 'answered']
    case 'onHold':
      return ['held']
    case 'parked':
      return ['parked']
    case 'voicemail':
    case 'fax':
    case 'replied':
    case 'other':
    case 'ended':
      return ['improved']
    default:
      return unreachable(phase)
  }
}

function isToldSame(a: CallView, b: CallView): boolean {
  return (
    a.queueName === b.queueName &&
    a.parkedAt === b.parkedAt &&
    a.counterpart.name === b.counterpart.name &&
    a.counterpart.phoneNumber === b.counterpart.phoneNumber
  )
}
