import type { Returned } from '../../shared/metrics/returned.ts'
import { createPauses } from '../lib/files/pauses.ts'
import {
  type CallFigures,
  countUnreturned,
  distributeUntallied,
  figuresOfCalls,
  mergeFigures,
  mergeUntallied,
  type SpanFigures,
} from './figures.ts'
import type { Span } from './range.ts'
import type { ReportCall } from './report-call.ts'

/**
 * Calls of a span that have direction, result and queue in common, and what they add up to. Filters by these keep a group or leave it
 * out as a whole, so that what is left of a year adds up from a few dozen groups, and not from every call again.
 */
export interface CallGroup {
  /** At least one, by their start. */
  readonly calls: readonly [ReportCall, ...ReportCall[]]
  readonly figures: SpanFigures
  /** The figures that days do not hold. */
  readonly distributions: CallFigures['distributions']
}

/** The groups of a span's calls. Adds them up in slices, so that the page stays responsive. */
export async function groupCalls(calls: readonly ReportCall[], span: Span): Promise<readonly CallGroup[]> {
  const pauses = createPauses()
  const groups: CallGroup[] = []
  for (const alike of listAlike(calls)) {
    groups.push({ calls: alike, figures: figuresOfCalls(alike, span), distributions: distributeUntallied(alike) })
    if (pauses.isDue()) await pauses.pause()
  }
  return groups
}

/** What groups of the span add up to. */
export function figuresOfGroups(groups: readonly CallGroup[], span: Span): SpanFigures {
  return mergeFigures(
    groups.map(({ figures }) => figures),
    span,
  )
}

/** Like `measureCalls` of all their calls. */
export function measureGroups(
  groups: readonly CallGroup[],
  returned: ReadonlyMap<string, Returned>,
  withVoicemails: boolean,
): CallFigures {
  return {
    notReturned: groups.reduce((sum, { calls }) => sum + countUnreturned(calls, returned, withVoicemails), 0),
    distributions: mergeUntallied(groups.map(({ distributions }) => distributions)),
  }
}

function listAlike(calls: readonly ReportCall[]): Iterable<[ReportCall, ...ReportCall[]]> {
  const groups = new Map<string, [ReportCall, ...ReportCall[]]>()
  for (const call of calls) {
    const { direction, queueName = '' } = call.counted
    const key = `${direction} ${call.result} ${queueName}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [call])
    else group.push(call)
  }
  return groups.values()
}
