import { type FinishedCall, mergeAllTallies, type Tally, tallyCalls } from '../../shared/metrics/tally.ts'
import { createCalendar } from '../../shared/metrics/tally-calendar.ts'
import { numberKey } from '../../shared/number/key.ts'

/** What calls can be grouped by, in the order in which it makes a group's key. */
export const GROUPINGS = ['day', 'hour', 'direction', 'outcome', 'queue', 'number'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What the calls of one group have in common. */
export interface GroupValues {
  /** The day on which the call began, `2026-03-29`, in the agent's time zone. */
  readonly day: string
  /** The hour of that day, 0 to 23. */
  readonly hour: number
  readonly direction: FinishedCall['direction']
  readonly outcome: FinishedCall['outcome']
  /** `undefined`: through no queue. */
  readonly queue: string | undefined
  /** The key of the other side's number; all withheld numbers are one group, `undefined`. */
  readonly number: string | undefined
}

export interface TallyGroup<G extends Grouping> {
  readonly values: Pick<GroupValues, G>
  readonly tally: Tally
}

/** Groups by a key that depends on their values alone: the same in every list, whatever order the groupings were given in. */
export type GroupedTally<G extends Grouping> = ReadonlyMap<string, TallyGroup<G>>

export interface GroupingContext {
  /** Where the agent is: an IANA name such as `Europe/Berlin`. */
  readonly timeZone: string
  /** Where the agent reads national numbers: an ISO 3166 code such as `DE`. */
  readonly country: string
}

/**
 * The tallies by which what the product adds up bit by bit is checked: each call is read anew, and nothing is kept.
 * Every call lands in exactly one group; a group without calls is not there.
 * By nothing: one group, unless there is no call.
 */
export function tallyBy<G extends Grouping>(
  calls: readonly FinishedCall[],
  groupings: readonly G[],
  context: GroupingContext,
): GroupedTally<G> {
  const read = createReaders(context)
  const ordered = GROUPINGS.filter((grouping): grouping is G => groupings.some((wanted) => wanted === grouping))
  const groups = new Map<string, { readonly values: Pick<GroupValues, G>; readonly calls: FinishedCall[] }>()
  for (const call of calls) {
    const told = ordered.map((grouping) => read[grouping](call))
    const key = JSON.stringify(told)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { values: nameValues(ordered, told), calls: [call] })
    else group.calls.push(call)
  }
  return new Map([...groups].map(([key, group]) => [key, { values: group.values, tally: tallyCalls(group.calls) }]))
}

/** The groups of all of them, those with one key merged: grouped days add up to a grouped year. */
export function mergeGroupedTallies<G extends Grouping>(grouped: readonly GroupedTally<G>[]): GroupedTally<G> {
  const groups = new Map<string, { readonly values: Pick<GroupValues, G>; readonly tallies: Tally[] }>()
  for (const [key, { values, tally }] of grouped.flatMap((one) => [...one])) {
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { values, tallies: [tally] })
    else group.tallies.push(tally)
  }
  return new Map([...groups].map(([key, { values, tallies }]) => [key, { values, tally: mergeAllTallies(tallies) }]))
}

type Readers = { readonly [G in Grouping]: (call: FinishedCall) => GroupValues[G] }

function createReaders({ timeZone, country }: GroupingContext): Readers {
  const calendar = createCalendar(timeZone)
  // The same people call again, and reading a number takes some ten microseconds.
  const keys = new Map<string | undefined, string | undefined>()
  return {
    day: ({ startedMs }) => calendar.dayOf(startedMs),
    hour: ({ startedMs }) => calendar.hourOf(startedMs),
    direction: ({ direction }) => direction,
    outcome: ({ outcome }) => outcome,
    queue: ({ queueName }) => queueName,
    number: ({ phoneNumber }) => {
      if (!keys.has(phoneNumber)) keys.set(phoneNumber, numberKey(phoneNumber, country).key)
      return keys.get(phoneNumber)
    },
  }
}

function nameValues<G extends Grouping>(groupings: readonly G[], values: readonly unknown[]): Pick<GroupValues, G> {
  return Object.fromEntries(groupings.map((grouping, index) => [grouping, values[index]])) as Pick<GroupValues, G>
}
