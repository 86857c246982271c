import { selectServiceLevel } from './service-level.ts'
import type { QueueLive, ServiceLevel, ServiceLevelSettings, WaitingCaller } from './types.ts'

/** What an account, or one queue of it, comes to at a moment: the numbers of a wall. */
export interface Overview {
  /** Callers who wait in a queue. */
  readonly waiting: number
  /** The one who has waited longest. */
  readonly longest: (WaitingCaller & { readonly queueId: string }) | undefined
  /** Of today; `undefined` where the account does not say how soon a caller should be answered. */
  readonly serviceLevel: ServiceLevel | undefined
  /** The account's own goal, 0 to 1, each queue weighed by its callers; `undefined` where it has none. */
  readonly serviceGoal: number | undefined
  readonly offered: number
  readonly abandoned: number
  /** How many people are on the phone with somebody, or free for the next call. */
  readonly talking: number
  readonly available: number
  /** All who could be either. */
  readonly people: number
}

export interface OverviewQueue {
  readonly live: QueueLive
  readonly settings: ServiceLevelSettings & { readonly slaGoal?: number | undefined }
}

/** Extension ids of people by what they are doing; whoever keeps the rows keeps these as rows change. */
export interface OverviewPeople {
  readonly all: ReadonlySet<string>
  /** On the phone with somebody, who may be on hold. */
  readonly talking: ReadonlySet<string>
  /** Free for the next call. */
  readonly available: ReadonlySet<string>
}

export function selectOverview(queues: readonly OverviewQueue[], people: OverviewPeople): Overview {
  const levels = queues.flatMap(({ live, settings }) => {
    const level = selectServiceLevel(live.today, settings)
    return level === undefined ? [] : [{ level, goal: settings.slaGoal }]
  })
  const sum = (of: (queue: OverviewQueue) => number) => queues.reduce((total, queue) => total + of(queue), 0)
  return {
    waiting: sum(({ live }) => live.waiting.length),
    longest: selectLongest(queues),
    serviceLevel: levels.length === 0 ? undefined : addLevels(levels.map(({ level }) => level)),
    serviceGoal: weighGoals(levels),
    offered: sum(({ live }) => live.today.offered),
    abandoned: sum(({ live }) => live.today.abandoned),
    talking: people.talking.size,
    available: people.available.size,
    people: people.all.size,
  }
}

function selectLongest(queues: readonly OverviewQueue[]): Overview['longest'] {
  let longest: Overview['longest']
  for (const { live } of queues) {
    // Who came first is first.
    const first = live.waiting[0]
    if (first !== undefined && (longest === undefined || first.sinceMs < longest.sinceMs))
      longest = { ...first, queueId: live.queueId }
  }
  return longest
}

function addLevels(levels: readonly ServiceLevel[]): ServiceLevel {
  const inTime = levels.reduce((sum, level) => sum + level.inTime, 0)
  const counted = levels.reduce((sum, level) => sum + level.counted, 0)
  return { inTime, counted, share: counted === 0 ? undefined : inTime / counted }
}

/** While nobody has called yet, each queue's goal weighs the same. */
function weighGoals(
  levels: readonly { readonly level: ServiceLevel; readonly goal: number | undefined }[],
): number | undefined {
  const withGoal = levels.flatMap(({ level, goal }) => (goal === undefined ? [] : [{ weight: level.counted, goal }]))
  const counted = withGoal.reduce((sum, { weight }) => sum + weight, 0)
  const weigh = (weightOf: (weight: number) => number, total: number) =>
    withGoal.reduce((sum, { weight, goal }) => sum + goal * weightOf(weight), 0) / (100 * total)
  if (withGoal.length === 0) return undefined
  return counted === 0 ? weigh(() => 1, withGoal.length) : weigh((weight) => weight, counted)
}
