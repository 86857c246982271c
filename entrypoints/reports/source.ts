import { batch, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import type { User } from '../../shared/protocol/wire.ts'
import { listenToAnnouncements } from '../lib/contract/messages.ts'
import { loadNumberingPlans } from '../lib/numbers/load-plans.ts'
import { openReadableStore, type ReadableStore } from '../lib/store/open.ts'
import { readDays } from '../lib/store/read-range.ts'
import type { CallRow } from '../lib/store/schema.ts'
import { untilPainted } from '../ui/until-painted.ts'
import { readChanges } from './changes.ts'
import { type LoadedCalls, type LoadedDays, loadCalls } from './loaded-range.ts'
import type { Spans } from './range.ts'

/**
 * What the store has of the ranges that are looked at, kept up while the page is open. Days are read first: they are few and give
 * the first figures. Then come the calls by themselves.
 */
export interface ReportSource {
  /** `undefined` while nobody is signed in, or until it is open. */
  readonly store: ReadonlySignal<ReadableStore | undefined>
  readonly days: ReadonlySignal<LoadedDays | undefined>
  readonly calls: ReadonlySignal<LoadedCalls | undefined>
  /** How much of the calls has been read, 0 to 1; `undefined` when nothing is being read. */
  readonly progress: ReadonlySignal<number | undefined>
}

export interface ReportSourceOptions {
  readonly user: ReadonlySignal<User | null | undefined>
  readonly spans: ReadonlySignal<Spans>
  readonly calendar: Calendar
}

export function createReportSource({ user, spans, calendar }: ReportSourceOptions): ReportSource {
  const store = signal<ReadableStore>()
  const days = signal<LoadedDays>()
  const calls = signal<LoadedCalls>()
  const progress = signal<number>()
  let recent: readonly CallRow[] | undefined
  let owner: string | undefined
  /** Number of the latest request, so that results of an older one are dropped. */
  let wish = 0
  let isReading = false
  /** Whether something was announced while something was being read. */
  let hasNews = false

  async function open(of: User | null | undefined): Promise<void> {
    const ofUser = of ? `${of.accountId}:${of.extensionId}` : undefined
    if (ofUser === owner) return
    owner = ofUser
    wish++
    store.peek()?.close()
    batch(() => {
      store.value = undefined
      days.value = undefined
      calls.value = undefined
      progress.value = undefined
    })
    const opened = of ? await openReadableStore(of) : undefined
    if (owner === ofUser) store.value = opened
    else opened?.close()
  }

  /** Reads for the latest request only, and again when something was announced meanwhile. */
  async function read(reading: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    const mine = ++wish
    const isWanted = () => mine === wish
    isReading = true
    hasNews = false
    try {
      await reading(isWanted)
    } catch (error) {
      if (!isWanted()) return
      if (!isClosed(error)) throw error
      // The store was upgraded or wiped while it was open: open it again.
      owner = undefined
      await open(user.peek())
      return
    } finally {
      if (isWanted()) isReading = false
    }
    if (isWanted() && hasNews) await follow()
  }

  function readAll(from: ReadableStore, wanted: Spans): Promise<void> {
    return read(async (isWanted) => {
      progress.value = 0
      const stored = await readDays(from, wanted.before.fromDay, wanted.now.toDay)
      if (!isWanted()) return
      days.value = { spans: wanted, days: stored }
      await untilPainted()
      if (!isWanted()) return
      const onShare = (share: number) => {
        if (isWanted()) progress.value = share
        return isWanted()
      }
      // What is done with calls, from their filters to their list, reads and draws numbers.
      const [loaded] = await Promise.all([loadCalls(from, wanted, { calendar, onShare }), loadNumberingPlans()])
      if (loaded === undefined || !isWanted()) return
      batch(() => {
        calls.value = loaded
        progress.value = undefined
      })
    })
  }

  /** Follows what was announced. */
  async function follow(): Promise<void> {
    hasNews = true
    const [from, loadedDays, loadedCalls] = [store.peek(), days.peek(), calls.peek()]
    if (isReading || from === undefined) return
    if (loadedDays === undefined || loadedCalls === undefined) return readAll(from, spans.peek())
    let isUnexplained = false
    await read(async (isWanted) => {
      const loaded = { days: loadedDays, calls: loadedCalls, recent }
      const changed = await readChanges(from, loaded, { calendar, today: calendar.dayOf(Date.now()) })
      if (!isWanted()) return
      isUnexplained = changed === undefined
      if (changed === undefined) return
      recent = changed.recent
      batch(() => {
        days.value = changed.days
        calls.value = changed.calls
      })
    })
    if (isUnexplained && !isReading) await readAll(from, spans.peek())
  }

  effect(() => void open(user.value))
  effect(() => {
    const [from, wanted] = [store.value, spans.value]
    recent = undefined
    if (from) void readAll(from, wanted)
  })
  listenToAnnouncements((announcement) => {
    if (announcement === 'calls') void follow()
  })

  return { store, days, calls, progress }
}

function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError'
}
