import { computed, type ReadonlySignal } from '@preact/signals'
import { areCountedBy, type DayContext } from '../lib/store/day-context.ts'
import { type CallGroup, figuresOfGroups, measureGroups } from './call-groups.ts'
import { type CallFigures, figuresOfCalls, figuresOfDays, measureCalls, type SpanFigures } from './figures.ts'
import { type Filters, isFiltered, keepsGroups } from './filters.ts'
import type { LoadedCalls, LoadedDays } from './loaded-range.ts'
import type { Compared } from './model.ts'
import type { ReportCall } from './report-call.ts'

/** What the figures are made of. */
export interface CountedSource {
  readonly days: ReadonlySignal<LoadedDays | undefined>
  /** The calls of the range that the days are of. */
  readonly calls: ReadonlySignal<LoadedCalls | undefined>
  /** Those that are not filtered out. */
  readonly selected: ReadonlySignal<Compared<readonly ReportCall[]> | undefined>
  readonly filters: ReadonlySignal<Filters>
  readonly isShown: ReadonlySignal<(call: ReportCall) => boolean>
  /** Whether callers who reached the voicemail count as to be called back. */
  readonly withVoicemails: ReadonlySignal<boolean>
  readonly context: DayContext
}

export interface FollowedFigures {
  readonly figures: ReadonlySignal<Compared<SpanFigures> | undefined>
  readonly callFigures: ReadonlySignal<Compared<CallFigures> | undefined>
}

/**
 * What the filtered calls add up to: from what groups of them add up to, where filters keep or leave groups; one by one where somebody
 * or a tag is looked for. Whom a call is with changes no group, so that names that come have nothing added up again.
 */
export function followFigures(source: CountedSource): FollowedFigures {
  const { days, calls, selected, filters, isShown, withVoicemails, context } = source
  const kept = computed<Compared<readonly CallGroup[]> | undefined>(() => {
    if (calls.value === undefined || !keepsGroups(filters.value)) return undefined
    const isKept = ({ calls: [first] }: CallGroup) => isShown.value(first)
    return mapBoth(calls.value.groups, (groups) => groups.filter(isKept))
  })
  const figures = computed<Compared<SpanFigures> | undefined>(() => {
    if (days.value === undefined) return undefined
    const { spans, days: stored } = days.value
    if (kept.value) return mapBoth(kept.value, (groups, when) => figuresOfGroups(groups, spans[when]))
    // Until the calls are read, the tallies of days give the same figures, unless filters apply or the days were
    // counted in another time zone.
    if (!isFiltered(filters.value))
      return areCountedBy(stored, context) ? mapBoth(spans, (span) => figuresOfDays(stored, span)) : undefined
    return selected.value && mapBoth(selected.value, (some, when) => figuresOfCalls(some, spans[when]))
  })
  const callFigures = computed<Compared<CallFigures> | undefined>(() => {
    if (calls.value === undefined) return undefined
    const { returned } = calls.value
    if (kept.value) return mapBoth(kept.value, (groups) => measureGroups(groups, returned, withVoicemails.value))
    return selected.value && mapBoth(selected.value, (some) => measureCalls(some, returned, withVoicemails.value))
  })
  return { figures, callFigures }
}

function mapBoth<A, B>({ now, before }: Compared<A>, to: (one: A, when: keyof Compared<A>) => B): Compared<B> {
  return { now: to(now, 'now'), before: to(before, 'before') }
}
