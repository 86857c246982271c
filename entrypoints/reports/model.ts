import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Returned } from '../../shared/metrics/returned.ts'
import type { User } from '../../shared/protocol/wire.ts'
import { SECOND_MS } from '../../shared/time.ts'
import type { NamedCall } from '../lib/caller/caller-name.ts'
import { listenToAnnouncements, type Status } from '../lib/contract/messages.ts'
import { reportSettings } from '../lib/settings/settings.ts'
import { followStatus } from '../lib/signals/follow-status.ts'
import { followUser } from '../lib/signals/follow-user.ts'
import { followVoicemailsToReturn } from '../lib/signals/follow-voicemails-to-return.ts'
import { describeCounting, followDayContext } from '../lib/store/day-context.ts'
import type { ReadableStore } from '../lib/store/open.ts'
import { readCallsWithTag, readCallTags } from '../lib/store/read-range.ts'
import { language } from '../lib/wording/labels.ts'
import { country } from '../lib/wording/shown-country.ts'
import type { View } from './address.ts'
import { delaySignal } from './delayed-signal.ts'
import { createDoors, type Doors } from './doors.ts'
import type { CallFigures, SpanFigures } from './figures.ts'
import { createFilter, type Filters, isFiltered } from './filters.ts'
import { followFigures } from './follow-figures.ts'
import { followNames } from './follow-names.ts'
import { makeFormats } from './labels.ts'
import type { LoadedCalls } from './loaded-range.ts'
import { createOnly, type Only } from './only.ts'
import { type RangeChoice, resolveRange, type Spans } from './range.ts'
import { rememberShown } from './remember.ts'
import type { ReportCall } from './report-call.ts'
import { createReportSource } from './source.ts'
import { followToday } from './today.ts'
import { listTopNumbers, listTopQueues, type Top } from './tops.ts'

/** Of the range, and of as many days right before it; `undefined` is not read yet. */
export interface Compared<F> {
  readonly now: F
  readonly before: F
}

export interface ReportsModel {
  /** Who is signed in; `null`: nobody. */
  readonly user: ReadonlySignal<User | null | undefined>
  /** Comes from the worker, after the first figures. */
  readonly status: ReadonlySignal<Status | undefined>
  /** `undefined` while nobody is signed in. */
  readonly store: ReadonlySignal<ReadableStore | undefined>
  readonly range: Signal<RangeChoice>
  readonly filters: Signal<Filters>
  readonly view: ReadonlySignal<View>
  /** The figure whose calls are listed; `undefined`: all of them. */
  readonly only: Signal<Only | undefined>
  readonly doors: Doors
  readonly spans: ReadonlySignal<Spans>
  /** Today, `2026-03-29`. */
  readonly today: ReadonlySignal<string>
  /** What the filtered calls add up to. */
  readonly figures: ReadonlySignal<Compared<SpanFigures> | undefined>
  /** The range that these figures are of. */
  readonly shownSpans: ReadonlySignal<Spans>
  /** What only the calls by themselves can tell; comes after the figures. */
  readonly callFigures: ReadonlySignal<Compared<CallFigures> | undefined>
  /** All finished calls of the range, each with its parts behind it. */
  readonly rows: ReadonlySignal<readonly NamedCall[] | undefined>
  /** Those of them that are not filtered out; a moment after the figures. */
  readonly selected: ReadonlySignal<readonly NamedCall[] | undefined>
  /** The missed ones that were returned, by `telephonySessionId`. */
  readonly returned: ReadonlySignal<ReadonlyMap<string, Returned>>
  readonly topNumbers: ReadonlySignal<readonly Top[] | undefined>
  readonly topQueues: ReadonlySignal<readonly Top[] | undefined>
  /** What there is to filter by. */
  readonly queueNames: ReadonlySignal<readonly string[]>
  readonly tags: ReadonlySignal<readonly string[]>
  /** How much of the calls has been read, 0 to 1; `undefined` when nothing is being read. */
  readonly progress: ReadonlySignal<number | undefined>
  /** "Answered within": within how long, ms. */
  readonly goalMs: ReadonlySignal<number>
  setGoal(seconds: number): void
}

const NOTHING_RETURNED: ReadonlyMap<string, Returned> = new Map()

export function createReportsModel(): ReportsModel {
  const context = followDayContext()()
  const { calendar } = context
  const user = followUser()
  // While the store opens there is nothing else to do: a zone's rules are hundreds of questions to the platform.
  describeCounting(context)
  makeFormats(language())
  const remembered = rememberShown()
  const { range, filters, view, only } = remembered
  const today = followToday(calendar)
  const spans = computed(() => resolveRange(range.value, today.value, calendar))
  const source = createReportSource({ user, spans, calendar })
  const { tags, tagged } = followTags(source.store, filters)
  const goalMs = followGoal()
  const withVoicemails = followVoicemailsToReturn()

  const isShown = computed(() =>
    createFilter(filters.value, { country: country.value, tagged: tagged.value?.telephonySessionIds }),
  )
  const read = computed(() => {
    const [calls, days] = [source.calls.value, source.days.value]
    return calls !== undefined && calls.spans === days?.spans ? calls : undefined
  })
  const namer = followNames(
    source.store,
    computed(
      () => read.value && [...read.value.now, ...read.value.before].flatMap(({ row, parts }) => [row, ...parts]),
    ),
  )
  const loaded = computed<LoadedCalls | undefined>(() => {
    const name = (call: ReportCall) => ({
      ...call,
      row: namer.value(call.row),
      parts: call.parts.map((part) => namer.value(part)),
    })
    return read.value && { ...read.value, now: read.value.now.map(name), before: read.value.before.map(name) }
  })
  const selectedCalls = computed<Compared<readonly ReportCall[]> | undefined>(() => {
    const { tag } = filters.value
    if (loaded.value === undefined || (tag !== undefined && tagged.value?.tag !== tag)) return undefined
    const { now, before } = loaded.value
    return isFiltered(filters.value)
      ? { now: now.filter(isShown.value), before: before.filter(isShown.value) }
      : { now, before }
  })
  const listed = delaySignal(selectedCalls)
  const returned = computed(() => loaded.value?.returned ?? NOTHING_RETURNED)
  const isBehind = computed(() =>
    createOnly(only.value, {
      returned: returned.value,
      withVoicemails: withVoicemails.value,
      goalMs: goalMs.value,
    }),
  )
  const { figures, callFigures } = followFigures({
    days: source.days,
    calls: read,
    selected: selectedCalls,
    filters,
    isShown,
    withVoicemails,
    context,
  })

  return {
    user,
    status: followStatus(),
    store: source.store,
    range,
    filters,
    view,
    only,
    doors: createDoors(remembered),
    spans,
    today,
    figures,
    shownSpans: computed(() => source.days.value?.spans ?? spans.value),
    callFigures,
    rows: computed(() => loaded.value?.now.flatMap(withParts)),
    selected: computed(() => listed.value?.now.filter(isBehind.value).flatMap(withParts)),
    returned,
    topNumbers: computed(() => listed.value && listTopNumbers(listed.value.now)),
    topQueues: computed(() => listed.value && listTopQueues(listed.value.now)),
    queueNames: computed(() => {
      const names = read.value?.groups.now.flatMap(({ calls: [{ counted }] }) => counted.queueName ?? []) ?? []
      // A chosen one stays listed, so that it can be seen and removed.
      return [...new Set([...names, filters.value.queueName ?? []].flat())].sort()
    }),
    tags,
    progress: source.progress,
    goalMs,
    setGoal: (seconds) => void reportSettings.setValue({ answerGoalSeconds: seconds }),
  }
}

function withParts({ row, parts }: ReportCall): readonly NamedCall[] {
  return [row, ...parts]
}

/** The calls that carry a tag. */
interface Tagged {
  readonly tag: string
  readonly telephonySessionIds: ReadonlySet<string>
}

/** The tags there are, and the calls that carry the one that is looked for. */
function followTags(store: ReadonlySignal<ReadableStore | undefined>, filters: ReadonlySignal<Filters>) {
  const tags = signal<readonly string[]>([])
  const tagged = signal<Tagged>()
  const wanted = computed(() => filters.value.tag)

  async function read(from: ReadableStore | undefined, tag: string | undefined): Promise<void> {
    const [all, calls] = await Promise.all([
      from === undefined ? [] : readCallTags(from),
      from === undefined || tag === undefined ? undefined : readCallsWithTag(from, tag),
    ])
    if (from !== store.peek() || tag !== wanted.peek()) return
    tags.value = [...new Set([...all, tag ?? []].flat())].sort()
    tagged.value = tag !== undefined && calls ? { tag, telephonySessionIds: calls } : undefined
  }

  effect(() => void read(store.value, wanted.value))
  listenToAnnouncements((announcement) => {
    if (announcement === 'notes') void read(store.peek(), wanted.peek())
  })
  return { tags, tagged }
}

function followGoal(): ReadonlySignal<number> {
  const seconds = signal(reportSettings.fallback.answerGoalSeconds)
  reportSettings.watch(({ answerGoalSeconds }) => {
    seconds.value = answerGoalSeconds
  })
  void reportSettings.getValue().then(({ answerGoalSeconds }) => {
    seconds.value = answerGoalSeconds
  })
  return computed(() => seconds.value * SECOND_MS)
}
