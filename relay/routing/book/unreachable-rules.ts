import {
  type Conditions,
  type NumberPattern,
  type Rule,
  type TimeWindow,
  WEEKDAYS,
} from '../../../shared/rules/rule.ts'

/**
 * Whether `later` never gets its turn: wherever it holds, `earlier` does, acts at the same moments of a call, and ends it there.
 * Only what is certain counts.
 */
export function isUnreachable(later: Rule, earlier: Rule): boolean {
  if (earlier.goOn || earlier.isDry) return false
  return momentsOf(earlier) === momentsOf(later) && isWithin(later.when, earlier.when)
}

/** When a rule's acts can be: while it rings, once it is answered, either. */
function momentsOf({ acts }: Rule): string {
  const moments = acts.map(({ kind }) => {
    if (kind === 'forward' || kind === 'reply') return 'ringing'
    return kind === 'alert' ? 'any' : 'answered'
  })
  return [...new Set(moments)].sort().join()
}

/** Whether `wide` holds wherever `narrow` does. */
function isWithin(narrow: Conditions, wide: Conditions): boolean {
  return (
    isEvery(narrow.caller, wide.caller, isCovered) &&
    isEvery(narrow.called, wide.called, isCovered) &&
    isSubset(narrow.extensionIds, wide.extensionIds) &&
    isSubset(narrow.queueIds, wide.queueIds) &&
    (narrow.ringingForMs ?? 0) >= (wide.ringingForMs ?? 0) &&
    (narrow.callsToday ?? 0) >= (wide.callsToday ?? 0) &&
    isEvery(narrow.times ?? [ALWAYS], wide.times, isInWindow)
  )
}

function isSubset(narrow: ReadonlySet<string> | undefined, wide: ReadonlySet<string> | undefined): boolean {
  return wide === undefined || (narrow !== undefined && hasAll(wide, narrow))
}

function hasAll<T>(all: ReadonlySet<T>, some: ReadonlySet<T>): boolean {
  return [...some].every((one) => all.has(one))
}

function isEvery<Entry, All>(
  narrow: readonly Entry[] | undefined,
  wide: All | undefined,
  isIn: (entry: Entry, all: All) => boolean,
): boolean {
  return wide === undefined || narrow?.every((entry) => isIn(entry, wide)) === true
}

function isCovered(pattern: NumberPattern, all: readonly NumberPattern[]): boolean {
  return all.some((other) => {
    if (other.kind === 'withheld' || pattern.kind === 'withheld') return other.kind === pattern.kind
    if (pattern.kind === 'list') return other.kind === 'list' && other.list.name === pattern.list.name
    if (other.kind === 'number') return pattern.kind === 'number' && other.key === pattern.key
    const prefixes = other.kind === 'prefix' ? [other.e164] : other.list.prefixes
    if (pattern.kind === 'number' && other.kind === 'list' && other.list.keys.has(pattern.key)) return true
    const e164 = pattern.kind === 'prefix' ? pattern.e164 : findSingleSpelling(pattern.key)
    return prefixes.some((prefix) => e164?.startsWith(prefix))
  })
}

/** The number in E.164; `undefined` where a key has several, of which a beginning may hold for one only. */
function findSingleSpelling(key: string): string | undefined {
  return /^tel:(\+(?!5[45])\d+)$/.exec(key)?.[1]
}

const DAY_MINUTES = 24 * 60
const ALWAYS: TimeWindow = { days: new Set(WEEKDAYS), fromMinute: 0, toMinute: DAY_MINUTES }

function isInWindow(window: TimeWindow, all: readonly TimeWindow[]): boolean {
  return all.some(
    (other) =>
      hasAll(other.days, window.days) && window.fromMinute >= other.fromMinute && endOf(window) <= endOf(other),
  )
}

/** Minutes since the midnight before it begins. */
function endOf({ fromMinute, toMinute }: TimeWindow): number {
  return toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES
}
