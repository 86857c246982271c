import { isOver } from '../../shared/call/select.ts'
import { emptyTrackedCall, type TrackedCall, trackNotification } from '../../shared/call/track.ts'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import type { Cursor, LogEvent } from '../../shared/protocol/wire.ts'
import type { PersonStore } from '../lib/store/open.ts'
import { readActiveCalls, readCall, readEvents } from '../lib/store/read.ts'
import type { CallRow, StoredEvent } from '../lib/store/schema.ts'
import { type Change, writeChange } from '../lib/store/write.ts'
import { buildRow, type RowContext } from './call-row.ts'

/**
 * The calls of the person who is signed in: what came in is put where it belongs, shown, and written down together with how
 * far the log has been taken in. Shown first, because a phone is ringing; a worker that dies in between is told again.
 *
 * Calls that are live, or whose card is up, are held in memory; any other is read back when an event of it arrives, so that a
 * late one repairs its figures and never opens a card.
 */
export interface Calls {
  /** Reads back what was live when the worker ended. Before anything else. */
  load(): Promise<void>
  /** Resolves when it is written. Rejects when the store refuses: then nothing later is written either, start afresh. */
  takeIn(frame: Frame, context: FrameContext): Promise<void>
  /** Notes how far the log has been taken in, behind everything that was handed over before. */
  keepCursor(cursor: Cursor): Promise<void>
  setDismissed(telephonySessionId: string, isDismissed: boolean): Promise<void>
  /** Takes down the cards of finished calls whose time has come, by the relay's clock. Answers when the next one goes. */
  expire(nowMs: number): Promise<number | undefined>
  /** Calls that are live or whose card is still up: live ones first, then the newest first. */
  active(): readonly CallRow[]
  /** When everything handed over so far has been written. */
  settled(): Promise<void>
}

export interface Frame {
  readonly epoch: string
  readonly head: number
  readonly events: readonly LogEvent[]
}

/** What the rows need to know of the moment; see `RowContext`. */
export type FrameContext = Omit<RowContext, 'extensionId'>

interface HeldCall {
  readonly tracked: TrackedCall
  readonly delayMs: number
  readonly row: CallRow | undefined
}

interface ReceivedNotification {
  readonly stored: StoredEvent
  readonly notification: TelephonyNotification
}

export interface CallsOptions {
  readonly store: PersonStore
  readonly relayUrl: string
  readonly extensionId: string
  /** The cards are to be drawn again. */
  readonly onShown: () => void
  /** What the store holds has changed. */
  readonly onStored: () => void
}

export function createCalls({ store, relayUrl, extensionId, onShown, onStored }: CallsOptions): Calls {
  const held = new Map<string, HeldCall>()
  // Frames one after the other; writes in a line of their own, so that the next card does not wait for a disk.
  let intake: Promise<unknown> = Promise.resolve()
  // A write that fails fails all that follow: a later cursor must not be kept without what came before it.
  let writes: Promise<void> = Promise.resolve()

  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const result = intake.then(task)
    intake = result.catch(() => {})
    return result
  }

  function write(change: Change): Promise<void> {
    writes = writes.then(() => writeChange(store, change))
    return writes
  }

  async function hold(telephonySessionId: string): Promise<HeldCall> {
    const present = held.get(telephonySessionId)
    if (present !== undefined) return present
    await writes
    const [row, events] = await Promise.all([
      readCall(store, telephonySessionId),
      readEvents(store, telephonySessionId),
    ])
    const received = events.flatMap(decodeStored)
    const blank = { tracked: emptyTrackedCall(telephonySessionId), delayMs: Infinity, row }
    return received.reduce(follow, blank)
  }

  async function show({ epoch, head, events }: Frame, context: FrameContext): Promise<Change> {
    const received = events.flatMap(receive)
    const touched = new Map<string, HeldCall>()
    for (const id of new Set(received.map(({ stored }) => stored.telephonySessionId))) touched.set(id, await hold(id))
    for (const event of received) {
      const before = touched.get(event.stored.telephonySessionId)
      if (before !== undefined) touched.set(event.stored.telephonySessionId, follow(before, event))
    }
    const rows: CallRow[] = []
    for (const [id, call] of touched) {
      const row = buildRow(call.tracked, call.delayMs, call.row, { extensionId, ...context })
      if (row !== undefined) rows.push(row)
      keep(id, { ...call, row })
    }
    onShown()
    return { events: received.map(({ stored }) => stored), calls: rows, cursor: { relayUrl, epoch, position: head } }
  }

  async function takeIn(frame: Frame, context: FrameContext): Promise<void> {
    // The write joins its line before the next frame is shown, and is waited for outside the frames' line.
    const { written, calls } = await enqueue(async () => {
      const change = await show(frame, context)
      return { written: write(change), calls: change.calls }
    })
    await written
    if (calls.length > 0) onStored()
  }

  function keep(telephonySessionId: string, call: HeldCall): void {
    const isNeeded = call.row?.active === 1 || !isOver(call.tracked.call)
    if (isNeeded) held.set(telephonySessionId, call)
    else held.delete(telephonySessionId)
  }

  async function replaceRow(row: CallRow): Promise<void> {
    const call = held.get(row.telephonySessionId)
    if (call !== undefined) keep(row.telephonySessionId, { ...call, row })
    onShown()
    await write({ events: [], calls: [row], cursor: undefined })
    onStored()
  }

  return {
    load: () =>
      enqueue(async () => {
        for (const { telephonySessionId } of await readActiveCalls(store)) {
          held.set(telephonySessionId, await hold(telephonySessionId))
        }
      }),
    takeIn,
    keepCursor: (cursor) => enqueue(() => write({ events: [], calls: [], cursor: { relayUrl, ...cursor } })),
    setDismissed: (telephonySessionId, isDismissed) =>
      enqueue(async () => {
        const row = held.get(telephonySessionId)?.row
        if (row !== undefined) await replaceRow({ ...row, isDismissed })
      }),
    expire: (nowMs) =>
      enqueue(async () => {
        let nextMs: number | undefined
        for (const { row } of [...held.values()]) {
          if (row?.shownUntilMs === undefined) continue
          const { active: _, ...rest } = row
          if (row.shownUntilMs <= nowMs) await replaceRow({ ...rest, shownUntilMs: undefined })
          else nextMs = Math.min(nextMs ?? Infinity, row.shownUntilMs)
        }
        return nextMs
      }),
    active: () =>
      [...held.values()]
        .flatMap(({ row }) => (row?.active === 1 ? [row] : []))
        .sort((a, b) => Number(a.phase === 'ended') - Number(b.phase === 'ended') || b.startedMs - a.startedMs),
    settled: async () => {
      await intake
      await writes
    },
  }
}

function follow(call: HeldCall, { stored, notification }: ReceivedNotification): HeldCall {
  return {
    ...call,
    tracked: trackNotification(call.tracked, notification),
    delayMs: Math.min(call.delayMs, stored.receivedMs - notification.timestampMs),
  }
}

/** What of a log record is an event of a call; the relay sends nothing else as a notification, yet nothing else may harm. */
function receive(event: LogEvent): readonly ReceivedNotification[] {
  if (!('notification' in event)) return []
  const decoded = decodeNotification(event.notification)
  if (decoded.kind !== 'telephony') return []
  const { telephonySessionId, sequence, uuid } = decoded.notification
  const stored: StoredEvent = {
    telephonySessionId,
    sequence,
    uuid: uuid ?? '',
    receivedMs: Date.parse(event.receivedAt),
    notification: event.notification,
  }
  return [{ stored, notification: decoded.notification }]
}

function decodeStored(stored: StoredEvent): readonly ReceivedNotification[] {
  const decoded = decodeNotification(stored.notification)
  return decoded.kind === 'telephony' ? [{ stored, notification: decoded.notification }] : []
}
