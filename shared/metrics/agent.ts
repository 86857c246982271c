import { selectAnsweredAt, selectFirst, selectMyLeg } from '../call/select.ts'
import type { Call, Leg, Mark } from '../call/state.ts'
import { type EstimateReason, type Figure, type Stretch, sumFigure } from './figure.ts'
import { measureState } from './leg.ts'

/** One person's figures of a call: what they would say it took. */
export interface AgentFigures {
  /** How long the called phone rang: mine when I was called, the other side's when I called. */
  readonly ring: Figure
  /** How long I was connected to somebody who had answered, my own holds taken out. */
  readonly talk: Figure
  /** How long I had the other side on hold. */
  readonly hold: Figure
}

/** `undefined` when the person has no part in the call. */
export function measureAgent(call: Call, extensionId: string): AgentFigures | undefined {
  const leg = selectMyLeg(call, extensionId)
  if (leg === undefined) return undefined
  const hold = measureState(leg, 'hold')
  if (leg.direction !== 'Outbound') return { ring: measureState(leg, 'ring'), talk: measureState(leg, 'talk'), hold }
  const rung = selectRungLeg(call)
  const estimate: EstimateReason | undefined = rung === undefined ? 'ownLegOnly' : undefined
  return {
    ring: rung ? measureState(rung, 'ring') : sumFigure(measureState(leg, 'ring').stretches, estimate),
    talk: sumFigure(clip(measureState(leg, 'talk').stretches, talkStart(call, estimate)), estimate),
    hold,
  }
}

/** Of the phones that rang, the one that was answered, else the first. */
function selectRungLeg(call: Call): Leg | undefined {
  const called = call.legs.filter((leg) => leg.direction === 'Inbound')
  return called.find((leg) => selectFirst(leg, 'talk') !== undefined) ?? called[0]
}

/**
 * A caller's leg is `Answered` as soon as the call reaches a menu, a queue or an extension; talk begins when the called party
 * answers. With only one's own leg to see there is nothing better than its own `Answered`: an estimate.
 */
function talkStart(call: Call, estimate: EstimateReason | undefined): Mark | 'any' | 'never' {
  return estimate === undefined ? (selectAnsweredAt(call) ?? 'never') : 'any'
}

function clip(stretches: readonly Stretch[], start: Mark | 'any' | 'never'): readonly Stretch[] {
  if (start === 'any') return stretches
  if (start === 'never') return []
  return stretches
    .filter(({ to }) => to.timeMs > start.timeMs)
    .map((stretch) => (stretch.from.timeMs < start.timeMs ? { from: start, to: stretch.to } : stretch))
}
