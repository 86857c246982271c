import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { ExtensionRow } from '../feed/contract.ts'
import type { FeedModel } from './feed-model.ts'
import { createOrderedRows, type OrderedRows } from './ordered-rows.ts'

/** Who is on the desk, and in which order. */
export interface PeopleOrder {
  readonly ids: ReadonlySignal<readonly string[]>
  /** Since it was paused, how many people have changed; `undefined`: it is not paused. */
  readonly pausedChanges: ReadonlySignal<number | undefined>
  /** While it is paused everybody stays where they are; what they do is shown all the same. */
  setPaused(isPaused: boolean): void
}

/** Another when the person wants other people, or another order. */
export interface PeopleWanted {
  readonly isShown: (row: ExtensionRow) => boolean
  readonly compare: (a: ExtensionRow, b: ExtensionRow) => number
}

export function createPeopleOrder(feed: FeedModel, wanted: ReadonlySignal<PeopleWanted>): PeopleOrder {
  const ids = signal<readonly string[]>([])
  const pausedChanges = signal<number>()
  const waiting = new Set<string>()
  const takeChanged = feed.readChanges()
  let ordered: OrderedRows | undefined
  let orderedAs: PeopleWanted | undefined

  function orderAnew(as: PeopleWanted): void {
    orderedAs = as
    const all = feed.listExtensions().map(({ extensionId }) => extensionId)
    ordered = createOrderedRows(all, { ...as, rowOf: feed.peek })
    ids.value = ordered.ids
  }

  function update(changed: Iterable<string>): void {
    if (ordered?.update(changed)) ids.value = ordered.ids
  }

  effect(() => {
    const as = wanted.value
    feed.version.value
    const changed = takeChanged()
    if (as !== orderedAs || changed === undefined) {
      waiting.clear()
      if (pausedChanges.peek() !== undefined) pausedChanges.value = 0
      orderAnew(as)
    } else if (pausedChanges.peek() === undefined) update(changed)
    else {
      for (const id of changed) waiting.add(id)
      pausedChanges.value = waiting.size
    }
  })

  return {
    ids,
    pausedChanges,
    setPaused(isPaused) {
      pausedChanges.value = isPaused ? 0 : undefined
      update(waiting)
      waiting.clear()
    },
  }
}
