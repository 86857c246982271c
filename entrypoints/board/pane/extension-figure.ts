import { unreachable } from '../../../shared/assert.ts'
import { isMissed } from '../../../shared/call/missed.ts'
import { OUTCOMES, type Outcome } from '../../../shared/call/outcome.ts'
import { isAnswered } from '../../../shared/metrics/tally.ts'
import type { ExtensionCall } from '../../../shared/protocol/http/board.ts'
import type { PersonFigure } from './pane-model.ts'

/** How a call came out; a relay that is newer may have another word for it, which is none of ours. */
export function readOutcome({ outcome }: Pick<ExtensionCall, 'outcome'>): Outcome | undefined {
  return OUTCOMES.find((known) => known === outcome)
}

/** Whether a call is one of those that a figure is made of: what counts is what the tally counts. */
export function isOfPersonFigure(call: ExtensionCall, figure: PersonFigure): boolean {
  const outcome = readOutcome(call)
  switch (figure) {
    case 'calls':
      return true
    case 'answered':
      return outcome !== undefined && isAnswered({ outcome, talkMs: call.talkMs })
    case 'missed':
      return isMissed({ direction: call.direction, outcome })
    case 'talk':
      return call.talkMs > 0
    case 'hold':
      return call.holdMs > 0
    default:
      return unreachable(figure)
  }
}
