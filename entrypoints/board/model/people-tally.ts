import type { OverviewPeople } from '../../../shared/live/overview.ts'
import type { ExtensionRow } from '../feed/contract.ts'
import type { FeedModel } from './feed-model.ts'

/** Those whom the person watches, added up. */
export interface PeopleTally {
  /** All of them. */
  readonly watched: ReadonlySet<string>
  /** Those of whom an alert may tell: a hand is up, somebody is on hold, or a phone rings. */
  readonly pressing: ReadonlySet<string>
  /** Those of the chosen queue, or all. */
  readonly ofQueue: OverviewPeople
}

/** Another object when other people are to be counted. */
export interface PeopleCounted {
  readonly isWatched: (extensionId: string) => boolean
  readonly isOfQueue: (row: ExtensionRow) => boolean
}

/** Answers with the tally as of now. Only who has changed since it was last asked is looked at: a company has thousands. */
export function createPeopleTally(feed: Pick<FeedModel, 'readChanges' | 'listExtensions' | 'peek'>) {
  const takeChanged = feed.readChanges()
  const sets = createSets()
  let countedAs: PeopleCounted | undefined

  function count(extensionId: string, { isWatched, isOfQueue }: PeopleCounted): void {
    const row = feed.peek(extensionId)
    const isMine = row !== undefined && isWatched(extensionId)
    const isOf = isMine && isOfQueue(row)
    const state = row?.standing.state
    put(sets.watched, extensionId, isMine)
    put(sets.pressing, extensionId, isMine && isPressing(row))
    put(sets.ofQueue.all, extensionId, isOf)
    put(sets.ofQueue.talking, extensionId, isOf && (state === 'talking' || state === 'holding'))
    put(sets.ofQueue.available, extensionId, isOf && state === 'idle')
  }

  return (as: PeopleCounted): PeopleTally => {
    const changed = takeChanged()
    if (changed !== undefined && as === countedAs) for (const id of changed) count(id, as)
    else {
      countedAs = as
      for (const set of [sets.watched, sets.pressing, ...Object.values(sets.ofQueue)]) set.clear()
      for (const { extensionId } of feed.listExtensions()) count(extensionId, as)
    }
    return sets
  }
}

function createSets() {
  const set = () => new Set<string>()
  return { watched: set(), pressing: set(), ofQueue: { all: set(), talking: set(), available: set() } }
}

function put(set: Set<string>, id: string, isIn: boolean): void {
  if (isIn) set.add(id)
  else set.delete(id)
}

function isPressing({ handSinceMs, calls }: ExtensionRow): boolean {
  return (
    handSinceMs !== undefined ||
    calls.some(({ state, holdingSinceMs }) => state === 'ringing' || holdingSinceMs !== undefined)
  )
}
