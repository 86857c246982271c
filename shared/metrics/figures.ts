import { type Figure, selectLongest } from './figure.ts'
import type { MyCallFigures } from './my-call.ts'

/**
 * A time of a call, defined once. Rows of calls, tallies, lists, tiles and exported files all follow from {@link FIGURES}; what a
 * figure is called and what it means in words stands in `locales/` under `figure` and `meaning`.
 */
export interface FigureDefinition {
  readonly unit: 'ms'
  /** The number of its rule in shared/call/SPEC.md. */
  readonly rule: string
  /** `person`: known from the person's own legs. `conversation`: also needs the events of the other side. */
  readonly whose: 'person' | 'conversation'
  /** The figure that it is a part of: an opened call shows it only where it is less than that. */
  readonly partOf: string | undefined
  /** Selects it from what was measured; `undefined` where it can't be known. */
  of(measured: MeasuredCall): Figure | undefined
  /** The calls that count in totals: those where it is more than 0 ms, or every incoming call for which it is known. */
  readonly countedIn: 'whereItHappened' | 'incoming'
  /** The headline of many calls: the sum, or the longest. */
  readonly total: 'sum' | 'longest'
  /** Whether the tallies of days include it; for other figures each call of a range has to be read. */
  readonly isTallied: boolean
  /** Its column in exported files. Never renamed: people's spreadsheets rely on it. */
  readonly column: string
}

export type MeasuredCall = Pick<MyCallFigures, 'agent' | 'call'>

const OF_PERSON = {
  unit: 'ms',
  whose: 'person',
  partOf: undefined,
  countedIn: 'whereItHappened',
  total: 'sum',
  isTallied: true,
} as const

/** Every figure, in the order in which people read them. */
export const FIGURES = {
  ring: { ...OF_PERSON, rule: 'F6', column: 'ring_ms', of: ({ agent }): Figure => agent.ring },
  talk: { ...OF_PERSON, rule: 'F7', column: 'talk_ms', of: ({ agent }): Figure => agent.talk },
  hold: { ...OF_PERSON, rule: 'F7', column: 'hold_ms', of: ({ agent }): Figure => agent.hold },
  longestHold: {
    ...OF_PERSON,
    rule: 'F13',
    column: 'longest_hold_ms',
    total: 'longest',
    partOf: 'hold',
    // Not known for calls that were stored without it and whose events are deleted.
    of: ({ agent }): Figure | undefined => selectLongest(agent.hold),
  },
  twoWayTalk: {
    unit: 'ms',
    rule: 'F11',
    whose: 'conversation',
    partOf: undefined,
    countedIn: 'whereItHappened',
    total: 'sum',
    isTallied: false,
    column: 'two_way_talk_ms',
    of: ({ call }): Figure | undefined => call.twoWayTalk,
  },
  callerWait: {
    unit: 'ms',
    rule: 'F4',
    whose: 'conversation',
    partOf: undefined,
    countedIn: 'incoming',
    total: 'sum',
    isTallied: false,
    column: 'caller_wait_ms',
    of: ({ call }): Figure | undefined => call.callerWait,
  },
} as const satisfies Readonly<Record<string, FigureDefinition>>

export type FigureName = keyof typeof FIGURES

/** The field of a call that holds a figure's time, ms: `ringMs`. */
export type TimeField<N extends FigureName = FigureName> = `${N}Ms`

/** The times of one call, ms, by figure; 0 where it did not happen, `undefined` where it can't be known. */
export type FigureTimes = {
  readonly [N in FigureName as TimeField<N>]: undefined extends ReturnType<(typeof FIGURES)[N]['of']>
    ? number | undefined
    : number
}

/** Figures that the tallies of days hold. */
export type TalliedFigure = {
  [N in FigureName]: (typeof FIGURES)[N]['isTallied'] extends true ? N : never
}[FigureName]
export type TalliedTimes = Pick<FigureTimes, TimeField<TalliedFigure>>

export const FIGURE_NAMES = Object.keys(FIGURES) as readonly FigureName[]
export const TALLIED_FIGURES = FIGURE_NAMES.filter((name): name is TalliedFigure => FIGURES[name].isTallied)

const TIME_FIELDS = Object.fromEntries(FIGURE_NAMES.map((name) => [name, `${name}Ms`]))

/** Looked up and not put together: it is asked for with every call of a year. */
export function timeField<N extends FigureName>(name: N): TimeField<N> {
  return TIME_FIELDS[name] as TimeField<N>
}

/** The person's own figures of a call. */
export function listOwnFigures(measured: MeasuredCall): readonly Figure[] {
  return FIGURE_NAMES.filter((name) => FIGURES[name].whose === 'person').flatMap(
    (name) => FIGURES[name].of(measured) ?? [],
  )
}

/** `isAlone`: nothing of the other side can be seen, so that figures of the conversation are not known. */
export function measureTimes(measured: MeasuredCall, isAlone: boolean): FigureTimes {
  const times = FIGURE_NAMES.map((name) => {
    const { whose, of } = FIGURES[name]
    return [timeField(name), isAlone && whose === 'conversation' ? undefined : of(measured)?.ms]
  })
  return Object.fromEntries(times) as FigureTimes
}

/** The times of these calls that totals of a figure count. */
export function listCountedTimes<N extends FigureName>(name: N, calls: readonly CountedCall<N>[]): readonly number[] {
  const field = timeField(name)
  const times: number[] = []
  for (const call of calls) {
    const ms: number | undefined = call[field]
    if (isTimeCounted(name, ms, call.direction)) times.push(ms)
  }
  return times
}

/** What of a call says whether it counts for a figure. */
export type CountedCall<N extends FigureName> = { readonly direction: 'Inbound' | 'Outbound' } & Pick<
  FigureTimes,
  TimeField<N>
>

/** Whether totals of a figure count the call. */
export function isCounted<N extends FigureName>(name: N, call: CountedCall<N>): boolean {
  return isTimeCounted(name, call[timeField(name)], call.direction)
}

function isTimeCounted(name: FigureName, ms: number | undefined, direction: 'Inbound' | 'Outbound'): ms is number {
  if (ms === undefined) return false
  return FIGURES[name].countedIn === 'incoming' ? direction === 'Inbound' : ms > 0
}
