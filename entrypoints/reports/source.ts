import { batch, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Calendar } from '../../shared/metrics/tally-calendar.ts'
import { DAY_MS } from '../../shared/time.ts'
import { listenToAnnouncements, type Status } from '../lib/messages.ts'
import { openPersonStore, type PersonStore } from '../lib/store/open.ts'
import { readCallsBetween, readDays } from '../lib/store/read-range.ts'
import type { StoredDay } from '../lib/store/schema.ts'
import { addDays, startOfDayMs } from './days.ts'
import { type HeldCalls, type HeldDays, holdCalls } from './held.ts'
import type { Spans } from './range.ts'
import { describeCalls, type ReportCall } from './report-call.ts'

/**
 * What the store has of the ranges that are looked at, kept up while the page is open. Days are read first: they are few and give
 * the first figures. Then come the calls by themselves, in pieces, so that the page can be used meanwhile.
 */
export interface ReportSource {
  /** `undefined` while nobody is signed in, or until it is open. */
  readonly store: ReadonlySignal<PersonStore | undefined>
  readonly days: ReadonlySignal<HeldDays | undefined>
  readonly calls: ReadonlySignal<HeldCalls | undefined>
  /** How much of the calls has been read, 0 to 1; `undefined` when nothing is being read. */
  readonly progress: ReadonlySignal<number | undefined>
}

export interface ReportSourceOptions {
  readonly status: ReadonlySignal<Status | undefined>
  readonly spans: ReadonlySignal<Spans>
  readonly calendar: Calendar
}

const PIECE_MS = 30 * DAY_MS
/** Reading many days one by one takes longer than reading all. */
const MANY_DAYS = 20

export function createReportSource({ status, spans, calendar }: ReportSourceOptions): ReportSource {
  const store = signal<PersonStore>()
  const days = signal<HeldDays>()
  const calls = signal<HeldCalls>()
  const progress = signal<number>()
  let owner: string | undefined
  /** Counts what was asked for, so that what is read for an older wish is thrown away. */
  let wish = 0
  let isReading = false
  let hasChanges = false
  /** The calls of the last two days, as they were: most of what is announced changed one of these. */
  let recentBefore = ''

  async function open(user: Status['user']): Promise<void> {
    const ofUser = user && `${user.accountId}:${user.extensionId}`
    if (ofUser === owner) return
    owner = ofUser
    store.peek()?.close()
    batch(() => {
      store.value = undefined
      days.value = undefined
      calls.value = undefined
    })
    const opened = user && (await openPersonStore(user))
    if (owner === ofUser) store.value = opened
    else opened?.close()
  }

  async function readAll(from: PersonStore, wanted: Spans): Promise<void> {
    const mine = ++wish
    isReading = true
    hasChanges = false
    const { before, now } = wanted
    try {
      progress.value = 0
      const stored = await readDays(from, before.fromDay, now.toDay)
      if (mine !== wish) return
      days.value = { spans: wanted, days: stored }
      const read: ReportCall[] = []
      for (let fromMs = before.fromMs; fromMs < now.toMs; fromMs += PIECE_MS) {
        read.push(...describeCalls(await readCallsBetween(from, fromMs, Math.min(fromMs + PIECE_MS, now.toMs)), calendar))
        if (mine !== wish) return
        progress.value = (fromMs + PIECE_MS - before.fromMs) / (now.toMs - before.fromMs)
      }
      const held = await holdCalls(from, wanted, read)
      if (mine === wish) calls.value = held
    } finally {
      if (mine === wish) {
        progress.value = undefined
        isReading = false
      }
    }
    if (mine === wish && hasChanges) await readChanges(from, wanted)
  }

  /**
   * Reads again what an announcement may be about: the days that count otherwise now, and the last two. When none of these
   * changed, it was something that is not counted in days (a name, a colleague's leg) of an older call, and all is read again.
   */
  async function readChanges(from: PersonStore, wanted: Spans): Promise<void> {
    if (isReading) {
      hasChanges = true
      return
    }
    const [present, held] = [days.peek(), calls.peek()]
    if (present === undefined || held === undefined) return readAll(from, wanted)
    const mine = ++wish
    isReading = true
    hasChanges = false
    const yesterday = addDays(calendar.dayOf(Date.now()), -1)
    const [stored, recent] = await Promise.all([
      readDays(from, wanted.before.fromDay, wanted.now.toDay),
      readCallsBetween(from, startOfDayMs(yesterday, calendar), Number.POSITIVE_INFINITY),
    ])
    const changed = listChangedDays(present.days, stored).filter((day) => day < yesterday)
    const recentNow = JSON.stringify(recent)
    const isExplained = changed.length > 0 || recentNow !== recentBefore
    recentBefore = recentNow
    const older = await Promise.all(changed.slice(0, MANY_DAYS).map((day) => readDay(from, day)))
    if (mine !== wish) return
    isReading = false
    if (!isExplained || changed.length > MANY_DAYS) return readAll(from, wanted)
    const isStale = ({ day }: ReportCall) => day >= yesterday || changed.includes(day)
    const isWanted = ({ row }: ReportCall) =>
      row.startedMs >= wanted.before.fromMs && row.startedMs < wanted.now.toMs
    const fresh = [...older.flat(), ...describeCalls(recent, calendar)].filter(isWanted)
    const kept = [...held.before, ...held.now].filter((call) => !isStale(call))
    const all = [...kept, ...fresh].sort((a, b) => a.row.startedMs - b.row.startedMs)
    const heldNow = await holdCalls(from, wanted, all)
    if (mine !== wish) return
    batch(() => {
      days.value = { spans: wanted, days: stored }
      calls.value = heldNow
    })
    if (hasChanges) await readChanges(from, wanted)
  }

  async function readDay(from: PersonStore, day: string): Promise<readonly ReportCall[]> {
    const [fromMs, toMs] = [startOfDayMs(day, calendar), startOfDayMs(addDays(day, 1), calendar)]
    return describeCalls(await readCallsBetween(from, fromMs, toMs), calendar)
  }

  effect(() => void open(status.value?.user))
  effect(() => {
    const [from, wanted] = [store.value, spans.value]
    if (from) void readAll(from, wanted)
  })
  listenToAnnouncements((announcement) => {
    const from = store.peek()
    if (announcement === 'calls' && from) void readChanges(from, spans.peek())
  })

  return { store, days, calls, progress }
}

/** The days that are not what they were, those that came and went among them. */
function listChangedDays(before: readonly StoredDay[], now: readonly StoredDay[]): readonly string[] {
  const earlier = new Map(before.map((day) => [day.day, JSON.stringify(day)]))
  const changed = now.filter((day) => earlier.get(day.day) !== JSON.stringify(day)).map(({ day }) => day)
  const present = new Set(now.map(({ day }) => day))
  return [...changed, ...before.map(({ day }) => day).filter((day) => !present.has(day))]
}
