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
 * The clock beside the state: how long the phase has lasted, or the talk time while talking. `undefined` when the call is over, and
 * when the stream is down, because then it is not known.
 */
export function selectClockMs({ phase, phaseMs, talkMs }: CardCall, isLost: boolean): number | undefined {
  if (isLost || phase === 'ended') return undefined
  return phase === 'talking' ? talkMs + phaseMs : phaseMs
}

/**
 * The figures of a card in the order in which to read them: what the clock does not say already. While a phone rings or a machine has
 * the call there are none.
 */
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
  const isTalking = phase === 'talking'
  const talk: ShownFigure = { name: 'talk', ms: talkMs + (isTalking ? phaseMs : 0), isRunning: isTalking }
  return [
    ...(isTalking ? [] : [talk]),
    ...(holdMs > 0 ? [selectHold(call, isLost)] : []),
    ...selectTwoWayTalk(call, isTalking && isLost ? undefined : talk.ms, isLost),
  ]
}

/** All holds of the call; while it is on hold, the clock has the last of them. */
function selectHold({ phase, phaseMs, holdMs }: CardCall, isLost: boolean): ShownFigure {
  if (phase !== 'onHold') return { name: 'hold', ms: holdMs, isRunning: false }
  return isLost
    ? { name: 'hold', ms: undefined, isRunning: false }
    : { name: 'hold', ms: holdMs + phaseMs, isRunning: true }
}

/** The figures that are not zero: a call that nobody answered only has its ring. */
function selectFinal(call: CardCall): readonly ShownFigure[] {
  const { ringMs, talkMs, holdMs } = call
  const final = (name: ShownFigure['name'], ms: number): ShownFigure => ({ name, ms, isRunning: false })
  const talk = final('talk', talkMs)
  return [
    ...(ringMs > 0 ? [final('ring', ringMs)] : []),
    ...(talkMs > 0
      ? [talk, ...(holdMs > 0 ? [final('hold', holdMs)] : []), ...selectTwoWayTalk(call, talk.ms, false)]
      : []),
  ]
}

/**
 * Time in which both sides talked, once it is shorter than the talk time, and never one that is not known. It is longer where
 * the other side went on talking to somebody else.
 */
function selectTwoWayTalk(call: CardCall, talkMs: number | undefined, isLost: boolean): readonly ShownFigure[] {
  const { twoWayTalkMs: ms, isTwoWayTalk } = call
  if (ms === undefined || talkMs === undefined || (isLost && isTwoWayTalk)) return []
  // By less than a second the two would read the same now and differently the next moment.
  return talkMs - ms < SECOND_MS ? [] : [{ name: 'twoWayTalk', ms, isRunning: isTwoWayTalk }]
}
