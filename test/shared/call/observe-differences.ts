import { compareViews, type Difference } from '../../../shared/call/difference.ts'
import type { LegEnd } from '../../../shared/call/state.ts'
import { Tracker } from '../../../shared/call/track.ts'
import { type CallView, selectView } from '../../../shared/call/view.ts'
import { type Told, tell } from '../../support/told.ts'
import { legOf } from './cast.ts'

export interface Step extends Difference {
  readonly before: CallView | undefined
  readonly after: CallView | undefined
  /** How the leg that matters after it had ended by then. */
  readonly end: LegEnd | undefined
}

/** Tells one session's events and answers one after the other, in the order given, and compares after each. */
export function observeDifferences(told: readonly Told[], extensionId: string): readonly Step[] {
  const [first] = told
  if (first === undefined) return []
  const tracker = new Tracker(first.telephonySessionId)
  return told.map((one) => {
    const before = selectView(tracker.call, extensionId)
    tell(tracker, one)
    const after = selectView(tracker.call, extensionId)
    const end = after && legOf(tracker.call, after.legId).end
    return { ...compareViews(before, after), before, after, end }
  })
}
