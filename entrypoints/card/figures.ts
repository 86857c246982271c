import { unreachable } from '../../shared/assert.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { CardCall } from '../lib/contract/card-call.ts'

/** A duration on a card. */
export interface ShownFigure {
  readonly name: 'ring' | 'talk' | 'hold' | 'twoWayTalk'
  /** Value at the moment of the snapshot; `undefined`: it is still running, and its length is not known. */
  readonly ms: number | undefined
  /** Whether it is still running. */
  readonly isRunning: boolean
}

/**
 * The clock beside the state: how long the phase has lasted, or the talk time while talking, unless that is already
 * shown large among the figures. `undefined` when the call is over, and when the stream is down, because then it is not
 * known.
 */
export function selectClockMs(call: CardCall, isLost: boolean, hasFigures: boolean): number | undefined {
  const { phase, phaseMs, talkMs } = call
  if (isLost || phase === 'ended') return undefined
  if (phase !== 'talking') return phaseMs
  return hasFigures ? undefined : talkMs + phaseMs
}

/**
 * The figures of a card in the order in which to read them. While a phone rings or a machine has the call there are none: the clock
 * says it all. */
export function selectFigures(call: CardCall, isLost: boolean): readonly ShownFigure[] {
  switch (call.phase) {
    case 'talking':
    case 'onHold':
    case 'parked':
      return selectLive(call, isLost)
    case 'ended':
      return selectFinal(call)
    case 'ringing':
    case 'calling':
    case 'voicemail':
    case 'fax':
    case 'replied':
    case 'other':
      return []
    default:
      return unreachable(call.phase)
  }
}

function selectLive(call: CardCall, isLost: boolean): readonly ShownFigure[] {
  const { phase, phaseMs, talkMs, holdMs } = call
  const soFar = (name: 'talk' | 'hold', finishedMs: number, isRunning: boolean): ShownFigure => {
    if (!isRunning) return { name, ms: finishedMs, isRunning }
    return isLost ? { name, ms: undefined, isRunning: false } : { name, ms: finishedMs + phaseMs, isRunning }
  }
  const isOnHold = phase === 'onHold'
  const talk = soFar('talk', talkMs, phase === 'talking')
  return [
    talk,
    ...(holdMs > 0 || isOnHold ? [soFar('hold', holdMs, isOnHold)] : []),
    ...selectTwoWayTalk(call, talk, isLost),
  ]
}

/** The figures that are not zero: a call that nobody answered only has its ring. */
function selectFinal(call: CardCall): readonly ShownFigure[] {
  const { ringMs, talkMs, holdMs } = call
  const final = (name: ShownFigure['name'], ms: number): ShownFigure => ({ name, ms, isRunning: false })
  const talk = final('talk', talkMs)
  return [
    ...(ringMs > 0 ? [final('ring', ringMs)] : []),
    ...(talkMs > 0
      ? [talk, ...(holdMs > 0 ? [final('hold', holdMs)] : []), ...selectTwoWayTalk(call, talk, false)]
      : []),
  ]
}

/**
 * Time in which both sides talked, once it is shorter than the talk time, and never one that is not known. It is longer where
 * the other side went on talking to somebody else.
 */
function selectTwoWayTalk(call: CardCall, talk: ShownFigure, isLost: boolean): readonly ShownFigure[] {
  const { twoWayTalkMs: ms, isTwoWayTalk } = call
  if (ms === undefined || talk.ms === undefined || (isLost && isTwoWayTalk)) return []
  // By less than a second the two would read the same now and differently the next moment.
  return talk.ms - ms < SECOND_MS ? [] : [{ name: 'twoWayTalk', ms, isRunning: isTwoWayTalk }]
}
