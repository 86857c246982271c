import type { News } from '../../../shared/call/difference.ts'
import { selectView } from '../../../shared/call/view.ts'
import type { Cursor, LogEvent, SessionAnswer } from '../../../shared/protocol/wire.ts'
import { formatInstant } from '../../../shared/time.ts'
import { receive } from '../../lib/call/received.ts'
import type { DayContext } from '../../lib/store/day-context.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readActiveCalls, readLiveCalls, readMissedUnseen } from '../../lib/store/read.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { writeChange } from '../../lib/store/write.ts'
import { followTimeZone } from '../../lib/store/write-days.ts'
import { followNumberReading } from '../../lib/store/write-keys.ts'
import type { RetryAfterFreeingSpace } from '../retention/retention.ts'
import type { FrameContext } from './call-row.ts'
import { type CardChanges, createCardChanges } from './card-changes.ts'
import { selectDeskRecords } from './desk-marks.ts'
import { createDoubts } from './doubts.ts'
import { createFrameFold, idsOf } from './frame-fold.ts'
import { createIngest } from './ingest.ts'
import { type Arrived, createIngestQueue } from './ingest-queue.ts'
import { describeLostCall, endUntoldRow } from './lost-call.ts'
import { createMissedChanges, type MissedChanges } from './missed-changes.ts'
import { createRowWriter } from './row-writer.ts'
import { createRuleNotices, nameNotice, type RuleNotices, selectNotices } from './rule-notices.ts'
import { createSessionMemory } from './session-memory.ts'
import { createTrackedRows } from './tracked-rows.ts'
import { createWriteQueue } from './write-queue.ts'

/**
 * The calls of the person who is signed in: what came in is put where it belongs, shown, and written down together with how
 * far the log has been taken in. Shown first, because a phone is ringing; a worker that dies in between is told again.
 *
 * Calls that are live or have just ended are held in memory; any other is read back when something about it arrives, so that
 * a late event repairs its figures and never opens a card.
 */
export interface Calls extends CardChanges, MissedChanges {
  /** Reads back what was live when the worker ended, and lets what can't go on any more have ended. Before anything else. */
  load(context: FrameContext): Promise<void>
  /** Resolves when it is written. Rejects when the store refuses: then nothing later is written either, and calls are shown from memory until it is started afresh. */
  ingest(frame: Frame, context: FrameContext): Promise<void>
  /** Takes in the relay's answer about one session, which is in no frame. Resolves and rejects in the same way. */
  ingestAnswer(answer: SessionAnswer, context: FrameContext): Promise<void>
  /**
   * The relay knows nothing of a session (`unknown`), or could not be asked (`unanswered`). One that it does not know is over, and so
   * is one that nobody can tell of after a gap or after a day of silence. Resolves and rejects in the same way.
   */
  ingestNoAnswer(telephonySessionId: string, why: NoAnswer, context: FrameContext): Promise<void>
  /** What rules have told the person. */
  readonly notices: Pick<RuleNotices, 'of' | 'alerts'>
  /** The person has put an alert away, by its name. Resolves when it is written. */
  endAlert(name: string): Promise<void>
  /** The stream does not go on where it stopped: of calls that are live now the end may have been missed. */
  doubtLive(): Promise<void>
  /** Live calls of which something seems to be missing: too long silent, or with a gap. `nowMs`: relay's clock. */
  questions(nowMs: number): readonly string[]
  /** Notes how far the log has been taken in, behind everything that was handed over before. */
  keepCursor(cursor: Cursor): Promise<void>
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

export interface Frame {
  readonly epoch: string
  readonly head: number
  readonly events: readonly LogEvent[]
  /** Whether all of it had happened before the stream began. */
  readonly isPast: boolean
}

export interface CallsOptions {
  readonly store: PersonStore
  readonly relayUrl: string
  readonly extensionId: string
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  /** Whether that is more than a guess by the browser's language. */
  readonly isCountryKnown?: boolean
  /** Resolves when numbers can be read: what comes in waits for it. Absent: they can. */
  readonly numbersReadable?: Promise<void>
  /** Time zone and calendar by which the user's days are counted. */
  readonly dayContext: () => DayContext
  /** What the cards show has changed. */
  readonly onShown: () => void
  /** A call has changed in a way worth a notification. */
  readonly onNews: (row: CallRow, news: readonly News[]) => void
  /** What the store holds has changed. */
  readonly onStored: () => void
  /** Whether somebody is using the card of a call: then the card stays up in any case. */
  readonly isInUse?: (telephonySessionId: string) => boolean
  /** Carries a write out, and once more after freeing space when the store is full. */
  readonly retryAfterFreeingSpace?: RetryAfterFreeingSpace
}

export function createCalls({
  store,
  relayUrl,
  extensionId,
  country,
  isCountryKnown = false,
  numbersReadable,
  dayContext,
  onShown,
  onNews,
  onStored,
  isInUse = () => false,
  retryAfterFreeingSpace = (write) => write(),
}: CallsOptions): Calls {
  const rows = createTrackedRows()
  const writes = createWriteQueue((change) => {
    const writing = retryAfterFreeingSpace(() => writeChange(store, change, dayContext()))
    return within(STORE_TIMEOUT_MS, writing)
  })
  const memory = createSessionMemory({ store, rows, writes })
  const doubts = createDoubts(memory, rows)
  const writer = createRowWriter({ memory, doubts, writes, onShown, onStored })
  const notices = createRuleNotices(store, extensionId)
  const fold = createFrameFold({
    ...{ memory, rows, extensionId, country, isInUse, onNews },
    onFollowed: ({ kind, stored }) => {
      if (kind === 'status') doubts.settle(stored.telephonySessionId)
    },
    onRow: writer.keep,
  })
  const ingest = createIngest({ fold, memory, rows, notices, writer, extensionId, onShown, onStored })
  const arrivals = createIngestQueue(ingest)

  function absorb(arrived: Arrived, context: FrameContext): Promise<void> {
    memory.prepare(idsOf(arrived.received))
    return arrivals.add(arrived, context)
  }

  /** Changes rows that are in memory, behind everything that was handed over before. */
  function change(select: () => readonly CallRow[]): Promise<void> {
    return arrivals.run(() => writer.replace(select()))
  }

  /** It is over as of the last that was heard of it. */
  async function lose(id: string, context: FrameContext): Promise<void> {
    const tracker = memory.get(id)
    const tracked = rows.get(id)
    if (tracker === undefined || tracked?.row === undefined || tracked.row.phase === 'ended') return
    const received = receive(describeLostCall(tracker, tracked.delayMs))
    await absorb({ received, ...NOTHING_BESIDE }, context)
  }

  /** Returns the sessions that have been silent for too long. */
  async function readBack({ nowMs }: FrameContext): Promise<readonly string[]> {
    await numbersReadable
    // Nearly always there is nothing to do. Where the store takes nothing in, the keys of before are better than no calls.
    await followNumberReading(store, { country, isCountryKnown }).catch(() => undefined)
    const [ids, unseen] = await Promise.all([readActiveIds(store), readMissedUnseen(store), notices.load(nowMs)])
    await memory.load(ids)
    writer.noteMissed(unseen)
    // With its events gone, or in a form that is no longer read, nothing could ever end it.
    await writer.replace(doubts.endless(({ call }) => selectView(call, extensionId) !== undefined).map(endUntoldRow))
    await writer.replace(doubts.stranded().map(endUntoldRow))
    return doubts.lost(nowMs)
  }

  return {
    ...createCardChanges({ rows, isInUse, change }),
    ...createMissedChanges({ store, arrivals, writes, writer, onShown }),
    load: async (context) => {
      const lost = await arrivals.run(() => readBack(context))
      await Promise.all(lost.map((id) => lose(id, context)))
      // Nobody waits for it: each day says by which time zone it was counted.
      arrivals.run(() => followTimeZone(store, dayContext())).catch(writes.refuse)
    },
    ingest: ({ epoch, head, events, isPast }, context) =>
      absorb(
        {
          received: events.flatMap(receive),
          deskRecords: selectDeskRecords(events),
          notices: selectNotices(events),
          cursor: { relayUrl, epoch, position: head },
          isPast,
        },
        context,
      ),
    ingestAnswer: (status, context) => {
      const received = receive({ receivedAt: formatInstant(context.nowMs), status })
      return absorb({ received, ...NOTHING_BESIDE }, context)
    },
    ingestNoAnswer: async (id, why, context) => {
      const isOver = doubts.noteUnanswered(id, context.nowMs)
      if (why === 'unknown' || isOver) await lose(id, context)
    },
    doubtLive: () => arrivals.run(async () => doubts.doubtAll()),
    questions: doubts.questions,
    keepCursor: async (cursor) => {
      const write = async () => ({ written: writes.write({ cursor: { relayUrl, ...cursor } }) })
      await (await arrivals.run(write)).written
    },
    active: rows.active,
    notices,
    endAlert: (name) => arrivals.run(() => writer.keepNotices(notices.end((alert) => nameNotice(alert) === name))),
    missedUnseen: writer.missedUnseen,
    shown: arrivals.settled,
    settled: async () => {
      await arrivals.settled()
      await writes.settled()
    },
  }
}

/** What comes with an answer that was asked for. */
const NOTHING_BESIDE = { deskRecords: [], notices: [], cursor: undefined, isPast: false } as const

/** The sessions of calls that are live or whose card is still up. */
async function readActiveIds(store: PersonStore): Promise<readonly string[]> {
  const [active, live] = await Promise.all([readActiveCalls(store), readLiveCalls(store)])
  return [...new Set([...active, ...live].map(({ telephonySessionId }) => telephonySessionId))]
}
