import { compareViews, type News } from '../../../shared/call/difference.ts'
import { isDoubtful, isLost } from '../../../shared/call/doubt.ts'
import { selectLatestMs } from '../../../shared/call/end.ts'
import { type MyCall, selectMyCalls } from '../../../shared/call/my-calls.ts'
import { createSessions } from '../../../shared/call/sessions.ts'
import type { TrackedCall, Tracker } from '../../../shared/call/track.ts'
import { selectView } from '../../../shared/call/view.ts'
import { missingSequences } from '../../../shared/history/history.ts'
import type { MissingOf } from '../../../shared/metrics/my-call.ts'
import type { Cursor, LogEvent, SessionAnswer } from '../../../shared/protocol/wire.ts'
import { formatInstant, SECOND_MS } from '../../../shared/time.ts'
import { type Received, receive } from '../../lib/call/received.ts'
import { emptyCall, type StoredCall } from '../../lib/call/stored-call.ts'
import type { DayContext } from '../../lib/store/day-context.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readActiveCalls, readLiveCalls, readMissedUnseen } from '../../lib/store/read.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { type Change, writeChange } from '../../lib/store/write.ts'
import { followTimeZone } from '../../lib/store/write-days.ts'
import { followNumberReading } from '../../lib/store/write-keys.ts'
import type { WithRoom } from '../keeping/keeping.ts'
import { buildRow, type FrameContext, type RowContext } from './call-row.ts'
import { selectCardEnd } from './card-end.ts'
import { createChangeLine } from './change-line.ts'
import { type Arrived, createIntake } from './intake.ts'
import { createLinkedSessions } from './linked-sessions.ts'
import { describeLostCall, endUntoldRow } from './lost-call.ts'
import { createSessionReader } from './session-reader.ts'

/**
 * The calls of the person who is signed in: what came in is put where it belongs, shown, and written down together with how
 * far the log has been taken in. Shown first, because a phone is ringing; a worker that dies in between is told again.
 *
 * Calls that are live or have just ended are held in memory; any other is read back when something about it arrives, so that
 * a late event repairs its figures and never opens a card.
 */
export interface Calls {
  /** Reads back what was live when the worker ended, and lets what can't go on any more have ended. Before anything else. */
  load(context: FrameContext): Promise<void>
  /** Resolves when it is written. Rejects when the store refuses: then nothing later is written either, and calls are shown from memory until it is started afresh. */
  takeIn(frame: Frame, context: FrameContext): Promise<void>
  /** Takes in the relay's answer about one session, which is in no frame. Resolves and rejects in the same way. */
  takeAnswer(answer: SessionAnswer, context: FrameContext): Promise<void>
  /**
   * The relay knows nothing of a session (`unknown`), or could not be asked (`unanswered`). One that it does not know is over, and so
   * is one that nobody can tell of after a hole or after a day of silence. Resolves and rejects in the same way.
   */
  takeNoAnswer(telephonySessionId: string, why: NoAnswer, context: FrameContext): Promise<void>
  /** The stream does not go on where it stopped: of calls that are live now the end may have been missed. */
  doubtLive(): Promise<void>
  /** Live calls of which something seems to be missing: too long silent, or with a gap. `nowMs`: relay's clock. */
  questions(nowMs: number): readonly string[]
  /** Notes how far the log has been taken in, behind everything that was handed over before. */
  keepCursor(cursor: Cursor): Promise<void>
  /** Keeps what the person did to the card of a call. */
  mark(telephonySessionId: string, marks: CallMarks): Promise<void>
  /** From now on the cards of finished calls stay up for so long: those that are up as well. */
  keepEnded(endedCardMs: number): Promise<void>
  /** The person has seen which calls they missed. */
  seeMissed(): Promise<void>
  /** Takes down the cards of finished calls whose time has come, by the relay's clock, and that nobody is using. */
  expire(nowMs: number): Promise<void>
  /** Nobody is using these cards any more: the time of those whose calls are over begins again. */
  release(telephonySessionIds: readonly string[], moment: Pick<FrameContext, 'nowMs' | 'endedCardMs'>): Promise<void>
  /** Calls that are live or whose card is still up: live ones first, then the newest first. */
  active(): readonly CallRow[]
  /** How many calls were missed and not seen since. */
  missedUnseen(): number
  /** When everything handed over so far is shown as it is now, written or not. */
  shown(): Promise<void>
  /** When everything handed over so far has been written. Rejects when the store refuses. */
  settled(): Promise<void>
}

export type NoAnswer = 'unknown' | 'unanswered'

/** What a person does to a card. */
export type CallMarks = Partial<Pick<CallRow, 'isDismissed' | 'isFolded' | 'chosenUrl'>>

export interface Frame {
  readonly epoch: string
  readonly head: number
  readonly events: readonly LogEvent[]
  /** Whether all of it had happened before the stream began. */
  readonly isPast: boolean
}

/** Beside a session that is held: its row, and the smallest delay to the relay's clock that it showed. */
interface Held {
  readonly row: CallRow | undefined
  readonly delayMs: number
}

export interface CallsOptions {
  readonly store: PersonStore
  readonly relayUrl: string
  readonly extensionId: string
  /** In which the person writes numbers, ISO 3166. */
  readonly country: string
  /** Whether that is more than a guess by the browser's language. */
  readonly isCountryKnown?: boolean
  /** By what their days are counted, where they are now. */
  readonly dayContext: () => DayContext
  /** The cards are to be drawn again. */
  readonly onShown: () => void
  /** What a person is to be told of one call. */
  readonly onNews: (row: CallRow, news: readonly News[]) => void
  /** What the store holds has changed. */
  readonly onStored: () => void
  /** Whether somebody is using the card of a call: then it is up whatever else is to become of it. */
  readonly isInUse?: (telephonySessionId: string) => boolean
  /** Writes to a store that may have no room. */
  readonly withRoom?: WithRoom
}

export function createCalls({
  store,
  relayUrl,
  extensionId,
  country,
  isCountryKnown = false,
  dayContext,
  onShown,
  onNews,
  onStored,
  isInUse = () => false,
  withRoom = (write) => write(),
}: CallsOptions): Calls {
  const sessions = createSessions()
  const held = new Map<string, Held>()
  const missed = new Set<string>()
  /** Live calls of which the end may have been missed, and how often nobody could tell. */
  const doubted = new Map<string, number>()
  const links = createLinkedSessions()
  const back = createSessionReader(store)
  const intake = createIntake(takeIn)
  const line = createChangeLine((change) =>
    within(
      STORE_TIMEOUT_MS,
      withRoom(() => writeChange(store, change, dayContext())),
    ),
  )
  /** Those that are up, in their order, until one of them is another. */
  let up: readonly CallRow[] | undefined

  function hasLeft(id: string): boolean {
    return sessions.get(id) === undefined
  }

  /** Has sessions in memory, from the store where they are not. */
  async function hold(ids: readonly string[]): Promise<ReadonlyMap<string, Tracker>> {
    const absent = ids.filter(hasLeft)
    // Where the store refuses, what was to be written is lost to it, and what is stored is all there is.
    if (absent.some(line.isWriting)) await line.settled().catch(() => {})
    back.prepare(absent)
    return new Map(await Promise.all(ids.map(async (id) => [id, sessions.get(id) ?? (await adopt(id))] as const)))
  }

  /** The same with all that is tied to them: what one of them comes to depends on the others. */
  async function holdLinked(ids: readonly string[]): Promise<ReadonlyMap<string, Tracker>> {
    const found = new Map<string, Tracker>()
    for (let ahead = ids; ahead.length > 0; ) {
      for (const [id, tracker] of await hold(ahead)) found.set(id, tracker)
      const linked = new Set([...found.keys()].flatMap(links.of))
      ahead = found.size < ids.length + MAX_LINKED ? [...linked].filter((id) => !found.has(id)) : []
    }
    return found
  }

  async function adopt(id: string): Promise<Tracker> {
    const { row, tracker, delayMs, linkedIds } = await readBack(id)
    back.forget(id)
    sessions.adopt(tracker)
    links.note(tracker)
    links.join(id, linkedIds)
    // A store that was full when events were let go took no mark of it.
    const isUnmarked = row !== undefined && !Number.isFinite(delayMs)
    put(id, { row: isUnmarked ? { ...row, eventsGone: 1 } : row, delayMs })
    return tracker
  }

  /** Where the store does not answer, a phone rings all the same: nothing is written any more, and the call is shown as it comes. */
  function readBack(id: string): Promise<StoredCall> {
    return back.read(id).catch((error: unknown) => {
      line.refuse(error)
      return emptyCall(id)
    })
  }

  function put(id: string, one: Held): void {
    held.set(id, one)
    up = undefined
  }

  function drop(id: string): void {
    held.delete(id)
    up = undefined
  }

  function follow(received: Received): void {
    const { telephonySessionId: id } = received.stored
    if (received.kind === 'event') sessions.track(received.notification)
    else {
      sessions.repair(received.status)
      doubted.delete(id)
    }
    const tracked = sessions.get(id)
    if (tracked !== undefined) links.note(tracked)
    const { row, delayMs } = held.get(id) ?? { row: undefined, delayMs: Number.POSITIVE_INFINITY }
    put(id, { row, delayMs: Math.min(delayMs, received.delayMs) })
  }

  function isGone(id: string): boolean {
    return held.get(id)?.row?.eventsGone === 1
  }

  async function show(received: readonly Received[], context: FrameContext): Promise<Change> {
    const ids = idsOf(received)
    const heldBefore = await holdLinked(ids)
    // With its earlier events gone a call can't be told anew: what was counted stays.
    const told = received.filter(({ stored }) => !isGone(stored.telephonySessionId))
    const before = selectMine(heldBefore)
    for (const one of told) follow(one)
    // What came in may have tied others to these: those are as they were.
    const linked = await holdLinked(ids)
    for (const [id, mine] of selectMine(new Map([...linked].filter(([id]) => !heldBefore.has(id)))))
      before.set(id, mine)
    const touched = new Set(ids)
    const rows: CallRow[] = []
    for (const [id, mine] of selectMine(linked)) {
      if (isGone(id)) continue
      const difference = compareViews(before.get(id)?.view, mine.view)
      const { row: rowBefore, delayMs } = held.get(id) ?? { row: undefined, delayMs: 0 }
      const row = buildRow(mine, delayMs, rowBefore, difference, rowContext(context, linked))
      if (!touched.has(id) && isSame(row, rowBefore)) continue
      rows.push(row)
      keep(row)
      if (difference.news.length > 0) onNews(row, difference.news)
    }
    onShown()
    for (const id of sessions.forget(context.nowMs)) {
      links.forget(id)
      if (held.get(id)?.row?.active !== 1) drop(id)
    }
    return {
      events: told.flatMap((one) => (one.kind === 'event' ? one.stored : [])),
      statuses: told.flatMap((one) => (one.kind === 'status' ? one.stored : [])),
      calls: rows,
      cursor: undefined,
    }
  }

  function selectMine(trackers: ReadonlyMap<string, Tracker>): Map<string, MyCall> {
    const mine = selectMyCalls(
      [...trackers.values()].map(({ call }) => call),
      extensionId,
    )
    return new Map(mine.map((one) => [one.call.telephonySessionId, one]))
  }

  function rowContext({ isComplete, ...context }: FrameContext, trackers: ReadonlyMap<string, Tracker>): RowContext {
    const missingOf: MissingOf = ({ telephonySessionId }) => {
      const history = isComplete ? trackers.get(telephonySessionId)?.history : undefined
      return history === undefined ? [] : missingSequences(history)
    }
    return { extensionId, country, missingOf, isInUse, ...context }
  }

  async function takeIn({ received, cursor }: Arrived, context: FrameContext): Promise<{ written: Promise<void> }> {
    const change = await show(received, context)
    const written = write({ ...change, cursor })
    return { written: change.calls.length > 0 ? written.then(onStored) : written }
  }

  function absorb(arrived: Arrived, context: FrameContext): Promise<void> {
    back.prepare(idsOf(arrived.received).filter((id) => hasLeft(id) && !line.isWriting(id)))
    return intake.add(arrived, context)
  }

  function write({ events = [], statuses = [], calls = [], cursor }: Partial<Change>): Promise<void> {
    for (const { telephonySessionId } of [...events, ...statuses, ...calls]) back.forget(telephonySessionId)
    return line.write({ events, statuses, calls, cursor })
  }

  function keep(row: CallRow): void {
    const id = row.telephonySessionId
    const before = held.get(id)
    if (before !== undefined) put(id, { ...before, row })
    // Its session may have left long before its card.
    if (row.active !== 1 && hasLeft(id)) drop(id)
    if (row.phase === 'ended') doubted.delete(id)
    if (row.missedUnseen === 1) missed.add(id)
    else missed.delete(id)
  }

  async function replaceRows(rows: readonly CallRow[]): Promise<void> {
    if (rows.length === 0) return
    for (const row of rows) keep(row)
    onShown()
    await write({ calls: rows })
    onStored()
  }

  /** Sessions that go on, with what is known of each. A call that goes on in another one ends with that. */
  function listLive(): readonly (readonly [id: string, one: Held, tracker: Tracker | undefined])[] {
    const all = [...held].map(([id, one]) => [id, one, sessions.get(id)] as const)
    return all.filter(([, { row }]) => row !== undefined && row.phase !== 'ended' && row.currentSessionId === undefined)
  }

  /** Whether a call went on in another session of which nothing is left. */
  function goesOnNowhere({ phase, currentSessionId }: CallRow): boolean {
    if (phase === 'ended' || currentSessionId === undefined) return false
    return (held.get(currentSessionId)?.row?.phase ?? 'ended') === 'ended'
  }

  function isLostNow(tracker: Tracker | undefined, { delayMs }: Held, nowMs: number): boolean {
    return tracker !== undefined && isLost(tracker, nowMs - delayMs)
  }

  /** It is over as of the last that was heard of it. */
  async function lose(id: string, context: FrameContext): Promise<void> {
    const tracker = sessions.get(id)
    const one = held.get(id)
    if (tracker === undefined || one?.row === undefined || one.row.phase === 'ended') return
    const received = receive(describeLostCall(tracker, one.delayMs))
    await absorb({ received, cursor: undefined, isPast: false }, context)
  }

  return {
    load: async (context) => {
      const lost = await intake.run(async () => {
        // Nearly always there is nothing to do. Where the store takes nothing in, the keys of before are better than no calls.
        await followNumberReading(store, { country, isCountryKnown }).catch(() => undefined)
        const [active, live, unseen] = await Promise.all([
          readActiveCalls(store),
          readLiveCalls(store),
          readMissedUnseen(store),
        ])
        await holdLinked([...new Set([...active, ...live].map(({ telephonySessionId }) => telephonySessionId))])
        for (const { telephonySessionId } of unseen) missed.add(telephonySessionId)
        // With its events gone, or in a form that is no longer read, nothing could ever end it.
        const untold = listLive().filter(([, , tracker]) => !tracker || !selectView(tracker.call, extensionId))
        await replaceRows(untold.flatMap(([, { row }]) => (row === undefined ? [] : endUntoldRow(row))))
        const left = [...held.values()].flatMap(({ row }) => (row !== undefined && goesOnNowhere(row) ? row : []))
        await replaceRows(left.map(endUntoldRow))
        return listLive().filter(([, one, tracker]) => isLostNow(tracker, one, context.nowMs))
      })
      await Promise.all(lost.map(([id]) => lose(id, context)))
      // Nobody waits for it: whoever reads days sees by what they were counted.
      intake.run(() => followTimeZone(store, dayContext())).catch(line.refuse)
    },
    takeIn: ({ epoch, head, events, isPast }, context) =>
      absorb({ received: events.flatMap(receive), cursor: { relayUrl, epoch, position: head }, isPast }, context),
    takeAnswer: (status, context) =>
      absorb(
        { received: receive({ receivedAt: formatInstant(context.nowMs), status }), cursor: undefined, isPast: false },
        context,
      ),
    takeNoAnswer: async (id, why, context) => {
      const one = held.get(id)
      const unanswered = (doubted.get(id) ?? 0) + 1
      if (doubted.has(id)) doubted.set(id, unanswered)
      const isHopeless = doubted.has(id) && unanswered >= MAX_UNANSWERED
      const isSilent = one !== undefined && isLostNow(sessions.get(id), one, context.nowMs)
      if (why === 'unknown' || isHopeless || isSilent) await lose(id, context)
    },
    doubtLive: () =>
      intake.run(async () => {
        for (const [id] of listLive()) doubted.set(id, 0)
      }),
    questions: (nowMs) =>
      listLive()
        .filter(([id, one, tracker]) => doubted.has(id) || isWorthAsking(tracker, one, nowMs))
        .map(([id]) => id),
    keepCursor: async (cursor) => {
      const { written } = await intake.run(async () => ({ written: line.write({ cursor: { relayUrl, ...cursor } }) }))
      await written
    },
    mark: (telephonySessionId, marks) =>
      intake.run(async () => {
        const row = held.get(telephonySessionId)?.row
        if (row !== undefined) await replaceRows([followMarks({ ...row, ...marks })])
      }),
    keepEnded: (endedCardMs) =>
      intake.run(async () => {
        const up = [...held.values()].flatMap(({ row }) => (row?.active === 1 ? row : []))
        await replaceRows(up.map((row) => ({ ...row, shownUntilMs: selectCardEnd(row, endedCardMs) })))
      }),
    seeMissed: () =>
      intake.run(async () => {
        await line.settled()
        await replaceRows((await readMissedUnseen(store)).map(({ missedUnseen: _, ...row }) => row))
      }),
    expire: (nowMs) =>
      intake.run(async () => {
        const rows = [...held.values()].flatMap(({ row }) => row ?? [])
        const due = rows.filter(({ shownUntilMs }) => shownUntilMs !== undefined && shownUntilMs <= nowMs)
        const left = due.filter(({ telephonySessionId }) => !isInUse(telephonySessionId))
        await replaceRows(left.map(({ active: _, ...row }) => ({ ...row, shownUntilMs: undefined })))
      }),
    release: (ids, { nowMs, endedCardMs }) =>
      intake.run(async () => {
        const rows = ids.flatMap((id) => held.get(id)?.row ?? [])
        const over = rows.filter(({ active, phase }) => active === 1 && phase === 'ended')
        const used = over.map((row) => ({ ...row, usedMs: nowMs }))
        await replaceRows(used.map((row) => ({ ...row, shownUntilMs: selectCardEnd(row, endedCardMs) })))
      }),
    active: () => {
      up ??= selectShown([...held.values()].flatMap(({ row }) => (row?.active === 1 ? [row] : []))).sort(compareCalls)
      return up
    },
    missedUnseen: () => missed.size,
    shown: intake.settled,
    settled: async () => {
      await intake.settled()
      await line.settled()
    },
  }
}

/** A finished call whose card was put away is let go soon, however long it would have stayed up. */
function followMarks(row: CallRow): CallRow {
  const endMs = row.isDismissed ? selectCardEnd(row, Number.POSITIVE_INFINITY) : undefined
  return endMs === undefined ? row : { ...row, shownUntilMs: Math.min(endMs, row.shownUntilMs ?? endMs) }
}

/** So often nobody could tell whether a call goes on that began before a hole; the tries are minutes apart. */
const MAX_UNANSWERED = 3

/** More sessions tied together than anybody has the patience for. */
const MAX_LINKED = 20

/** Calls that were merged go on as one: of those that are in the same session the one that began first is shown. */
function selectShown(rows: readonly CallRow[]): CallRow[] {
  const sessionOf = ({ currentSessionId, telephonySessionId }: CallRow) => currentSessionId ?? telephonySessionId
  const isFirst = (row: CallRow) =>
    !rows.some((one) => one !== row && sessionOf(one) === sessionOf(row) && isEarlier(one, row))
  return rows.filter(isFirst)
}

function isEarlier(a: CallRow, b: CallRow): boolean {
  return a.startedMs - b.startedMs < 0 || (a.startedMs === b.startedMs && a.telephonySessionId < b.telephonySessionId)
}

function isSame(a: CallRow, b: CallRow | undefined): boolean {
  return b !== undefined && JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
}

/** So long a gap may be an event that was overtaken. */
const GAP_PATIENCE_MS = 5 * SECOND_MS

function isWorthAsking(tracked: TrackedCall | undefined, { row, delayMs }: Held, nowMs: number): boolean {
  if (tracked === undefined || row === undefined) return false
  const { call, history } = tracked
  const platformNowMs = nowMs - delayMs
  const heardMs = selectLatestMs(call)
  const isAnswered = history.statuses.some(({ asOfMs }) => asOfMs >= heardMs)
  const hasGap = row.missingSequences.length > 0 && platformNowMs - heardMs > GAP_PATIENCE_MS
  return isDoubtful(call, platformNowMs) || (hasGap && !isAnswered)
}

function idsOf(received: readonly Received[]): readonly string[] {
  return [...new Set(received.map(({ stored }) => stored.telephonySessionId))]
}

/** Live ones first, then the newest first. */
function compareCalls(a: CallRow, b: CallRow): number {
  return Number(a.phase === 'ended') - Number(b.phase === 'ended') || b.startedMs - a.startedMs
}
