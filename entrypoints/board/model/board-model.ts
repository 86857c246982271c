import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { type Overview, type OverviewPeople, selectOverview } from '../../../shared/live/overview.ts'
import type { User } from '../../../shared/protocol/wire.ts'
import { type BoardSettings, boardSettings } from '../../lib/settings/settings.ts'
import type { BoardAccount, ExtensionRow } from '../feed/contract.ts'
import { readAddress, type Shown, writeAddress } from './address.ts'
import { type Column, sortNext } from './columns.ts'
import type { FeedModel } from './feed-model.ts'
import { createPeopleOrder, type PeopleOrder } from './people-order.ts'
import { createPeopleTally } from './people-tally.ts'
import { createRowFilter } from './row-filter.ts'
import { createRowCompare } from './row-order.ts'
import { createNames, createWordCompare, type Names, nameRowQueue, nameWith } from './words.ts'

/** What the board shows, and how the person wants it. */
export interface BoardModel {
  readonly feed: FeedModel
  readonly user: ReadonlySignal<User | undefined>
  readonly shown: ReadonlySignal<Shown>
  /** What is looked for among the people; never in the address. */
  readonly query: Signal<string>
  readonly names: ReadonlySignal<Names>
  readonly settings: ReadonlySignal<BoardSettings>
  readonly people: PeopleOrder
  /** Whether the person sees all that somebody does; of a member of a queue that they run it is the queue's calls alone. */
  readonly isSeenWhole: ReadonlySignal<(extensionId: string) => boolean>
  /** How many the person watches, without filters. */
  readonly watchedCount: ReadonlySignal<number>
  /** Those of them of the chosen queue, or all, by what they are doing. */
  readonly peopleOfQueue: ReadonlySignal<OverviewPeople>
  /** Rows of those watched of whom an alert may tell, as they are now. */
  listPressing(): readonly ExtensionRow[]
  /** Ids of the queues that the person watches, by name. */
  readonly queueIds: ReadonlySignal<readonly string[]>
  /** Of the chosen queue, or of all. */
  readonly overview: ReadonlySignal<Overview>
  show(change: Partial<Shown>): void
  sortBy(column: Column): void
}

export interface BoardModelOptions {
  readonly feed: FeedModel
  readonly user: ReadonlySignal<User | undefined>
  readonly address: { read(): string; write(address: string): void }
}

export function createBoardModel({ feed, user, address }: BoardModelOptions): BoardModel {
  const shown = signal(readAddress(address.read()))
  const query = signal('')
  const settings = followSettings()
  const compareWords = createWordCompare()
  const account = computed(() => feed.account.value ?? NOTHING)
  const names = computed(() => createNames(account.value))
  const isWatched = computed(() => selectWatched(user.value, account.value))
  const isSeenWhole = computed(() => selectSeenWhole(user.value))
  const isOfQueue = computed(() => selectOfQueue(shown.value.queueId, account.value))
  const state = computed(() => shown.value.state)
  const sort = computed(() => shown.value.sort)

  const wanted = computed(() => ({
    isShown: createRowFilter({
      isWatched: isWatched.value,
      isOfQueue: isOfQueue.value,
      state: state.value,
      query: query.value,
      names: names.value,
    }),
    compare: createRowCompare({
      sort: sort.value,
      nameOf: names.value.person,
      nameWith: (row) => nameWith(row, names.value),
      nameQueue: (row) => nameRowQueue(row, names.value),
      hasFigures: ({ extensionId }) => isSeenWhole.value(extensionId),
      compareWords,
    }),
  }))

  const tallyPeople = createPeopleTally(feed)
  const counted = computed(() => ({ isWatched: isWatched.value, isOfQueue: isOfQueue.value }))
  // A new object each time: its sets are the tally's own, and change.
  const tally = computed(() => {
    feed.summaryVersion.value
    return { ...tallyPeople(counted.value) }
  })
  const peopleOfQueue = computed(() => ({ ...tally.value.ofQueue }))
  const queueIds = computed(() => {
    const mine = user.value?.watches?.queues ?? 'all'
    const known = feed.queueIds.value
    const ids = mine === 'all' ? known : known.filter((id) => mine.includes(id))
    return ids.toSorted((a, b) => compareWords(names.value.queue(a), names.value.queue(b)))
  })

  const overview = computed(() => {
    feed.summaryVersion.value
    const { queueId } = shown.value
    const wantedIds = new Set(queueId === undefined ? queueIds.value : [queueId])
    return selectOverview(
      feed
        .listQueues()
        .filter((live) => wantedIds.has(live.queueId))
        .map((live) => ({ live, settings: account.value.queues[live.queueId] ?? {} })),
      peopleOfQueue.value,
    )
  })

  function show(change: Partial<Shown>): void {
    shown.value = { ...shown.value, ...change }
    address.write(writeAddress(shown.value))
  }

  return {
    ...{ feed, user, shown, query, names, settings, isSeenWhole, peopleOfQueue, queueIds, overview, show },
    watchedCount: computed(() => tally.value.watched.size),
    listPressing: () => [...tallyPeople(counted.peek()).pressing].flatMap((id) => feed.peek(id) ?? []),
    people: createPeopleOrder(feed, wanted),
    sortBy: (column) => show({ sort: sortNext(shown.value.sort, column) }),
  }
}

const NOTHING: Pick<BoardAccount, 'people' | 'queues'> = { people: {}, queues: {} }

function followSettings(): ReadonlySignal<BoardSettings> {
  const settings = signal(boardSettings.fallback)
  const take = (next: BoardSettings) => {
    settings.value = next
  }
  boardSettings.watch(take)
  void boardSettings.getValue().then(take)
  return settings
}

/** Others take part in calls of those whom the person watches; they have no row. */
function selectWatched(user: User | undefined, { queues }: Pick<BoardAccount, 'queues'>): (id: string) => boolean {
  const watches = user?.watches
  if (watches === undefined || watches.extensions === 'all') return () => true
  const own = watches.queues === 'all' ? Object.keys(queues) : watches.queues
  const ids = new Set([...watches.extensions, ...own.flatMap((id) => queues[id]?.members ?? [])])
  return (id) => ids.has(id)
}

/** What somebody does outside a queue is told to nobody for running it, and so neither is what their day comes to. */
function selectSeenWhole(user: User | undefined): (extensionId: string) => boolean {
  const extensions = user?.watches?.extensions ?? 'all'
  return extensions === 'all' ? () => true : (id) => extensions.includes(id)
}

/** Whoever is a member of the queue, or has a call of it. */
function selectOfQueue(
  queueId: string | undefined,
  { queues }: Pick<BoardAccount, 'queues'>,
): (row: ExtensionRow) => boolean {
  if (queueId === undefined) return () => true
  const members = new Set(queues[queueId]?.members)
  return ({ extensionId, calls }) => members.has(extensionId) || calls.some((call) => call.queueId === queueId)
}
