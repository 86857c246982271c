import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { QueueLive } from '../../../shared/live/types.ts'
import type { BoardAccount, BoardConnection, ExtensionRow, FeedNews, RuleNotice } from '../feed/contract.ts'

/**
 * What the feed has told, as signals: a part of the page is drawn again when what it shows is different, and nothing else is.
 * What comes within a frame is drawn at once.
 */
export interface FeedModel {
  readonly connection: ReadonlySignal<BoardConnection>
  /** `undefined` until the first snapshot. */
  readonly account: ReadonlySignal<BoardAccount | undefined>
  /** The row of an extension; `undefined` of one that is not known. */
  extension(extensionId: string): ReadonlySignal<ExtensionRow | undefined>
  queue(queueId: string): ReadonlySignal<QueueLive | undefined>
  /** The row as it is now, for who is not drawn again by it. */
  peek(extensionId: string): ExtensionRow | undefined
  /** Grows whenever rows are different: whatever looks at all of them reads it. */
  readonly version: ReadonlySignal<number>
  /** The same for who adds all of them up: of an account of thousands, at most a few times a second. */
  readonly summaryVersion: ReadonlySignal<number>
  /** All rows as they are now. */
  listExtensions(): readonly ExtensionRow[]
  listQueues(): readonly QueueLive[]
  /** Ids of all queues; another list only when there is another queue. */
  readonly queueIds: ReadonlySignal<readonly string[]>
  /** What rules have told of the calls that go on; another list whenever one has told something. */
  readonly notices: ReadonlySignal<readonly RuleNotice[]>
  /** Begins to note which rows are different. The function answers with those since it was last asked; `undefined`: everything. */
  readChanges(): () => ReadonlySet<string> | undefined
  /** The platform's clock, ms since the epoch, as of the last tick; it stands still while the stream is lost. */
  readonly nowMs: ReadonlySignal<number>
  take(news: FeedNews): void
  /** Looks at the clock. */
  tick(): void
  /** Everything told so far is void. */
  clear(): void
}

export interface FeedModelWorld {
  readonly nowMs: () => number
  /** Runs a task before the next frame is drawn, or soon where none is. */
  readonly beforeFrame: (task: () => void) => void
}

/** Of so many people the sums are drawn with every change; of more they would never stand still, and follow the clock's ticks. */
const SMALL_ACCOUNT = 500

export function createFeedModel(world: FeedModelWorld): FeedModel {
  const connection = signal<BoardConnection>({ state: 'connecting' })
  const account = signal<BoardAccount>()
  const version = signal(0)
  const summaryVersion = signal(0)
  const nowMs = signal(world.nowMs())
  const extensions = createTable<ExtensionRow>(({ extensionId }) => extensionId)
  const queues = createTable<QueueLive>(({ queueId }) => queueId)
  const queueIds = signal<readonly string[]>([])
  const notices = signal(NO_NOTICES)
  const changes = createChanges()
  let aheadMs = 0
  let waiting: FeedNews[] = []

  function draw(): void {
    const all = waiting
    waiting = []
    const isFresh = all.some((news) => news.account !== undefined)
    const changedNow = new Set<string>()
    batch(() => {
      for (const news of all) apply(news, changedNow)
      tick()
      if (!isFresh && changedNow.size === 0 && !all.some((news) => news.queues !== undefined)) return
      changes.note(isFresh ? undefined : changedNow)
      if (queues.size() !== queueIds.peek().length || isFresh)
        queueIds.value = queues.list().map(({ queueId }) => queueId)
      version.value++
      if (isFresh || extensions.size() < SMALL_ACCOUNT) summaryVersion.value = version.peek()
    })
  }

  function apply(news: FeedNews, changedNow: Set<string>): void {
    if (news.account !== undefined) {
      extensions.clear()
      queues.clear()
      notices.value = NO_NOTICES
      account.value = news.account
    }
    if (news.aheadMs !== undefined) aheadMs = news.aheadMs
    for (const row of news.extensions ?? []) {
      extensions.set(row)
      changedNow.add(row.extensionId)
    }
    for (const row of news.queues ?? []) queues.set(row)
    if (news.notices !== undefined) notices.value = news.notices
    if (news.connection !== undefined) connection.value = news.connection
  }

  function tick(): void {
    const { value } = connection
    // A time that is not known to go on is not shown as if it did.
    nowMs.value = (value.state === 'lost' ? value.sinceMs : world.nowMs()) + aheadMs
  }

  return {
    ...{ connection, account, version, summaryVersion, nowMs, queueIds, notices },
    tick: () =>
      batch(() => {
        tick()
        summaryVersion.value = version.peek()
      }),
    extension: extensions.get,
    queue: queues.get,
    peek: extensions.peek,
    listExtensions: extensions.list,
    listQueues: queues.list,
    readChanges: changes.read,
    take: (news) => {
      waiting.push(news)
      if (waiting.length === 1) world.beforeFrame(draw)
    },
    clear: () =>
      batch(() => {
        waiting = []
        extensions.clear()
        queues.clear()
        account.value = undefined
        connection.value = { state: 'connecting' }
        queueIds.value = []
        notices.value = NO_NOTICES
        changes.note(undefined)
        summaryVersion.value = ++version.value
      }),
  }
}

const NO_NOTICES: readonly RuleNotice[] = []

/** What has changed, for several who ask at times of their own; `undefined` stands for everything. */
function createChanges() {
  const readers: { changed: Set<string> | undefined }[] = []
  return {
    note: (ids: ReadonlySet<string> | undefined): void => {
      for (const reader of readers) {
        if (ids === undefined) reader.changed = undefined
        else for (const id of ids) reader.changed?.add(id)
      }
    },
    read: () => {
      const reader: (typeof readers)[number] = { changed: undefined }
      readers.push(reader)
      return () => {
        const { changed } = reader
        reader.changed = new Set()
        return changed
      }
    },
  }
}

interface Table<Row> {
  readonly get: (id: string) => ReadonlySignal<Row | undefined>
  readonly peek: (id: string) => Row | undefined
  readonly set: (row: Row) => void
  readonly list: () => readonly Row[]
  readonly size: () => number
  readonly clear: () => void
}

/** A signal a row, made when the first asks for it. */
function createTable<Row>(idOf: (row: Row) => string): Table<Row> {
  const rows = new Map<string, Row>()
  const signals = new Map<string, Signal<Row | undefined>>()
  return {
    get: (id) => {
      const known = signals.get(id)
      if (known !== undefined) return known
      const fresh = signal(rows.get(id))
      signals.set(id, fresh)
      return fresh
    },
    peek: (id) => rows.get(id),
    set: (row) => {
      const id = idOf(row)
      rows.set(id, row)
      const current = signals.get(id)
      if (current !== undefined) current.value = row
    },
    list: () => [...rows.values()],
    size: () => rows.size,
    clear: () => {
      rows.clear()
      for (const current of signals.values()) current.value = undefined
    },
  }
}
