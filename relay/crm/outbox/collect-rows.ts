import { setImmediate } from 'node:timers/promises'
import * as v from 'valibot'
import { type Clock, every } from '../../../shared/clock.ts'
import type { QueueNameOf } from '../../../shared/crm/call-record.ts'
import type { CrmState } from '../../../shared/protocol/http/crm.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { findPosition } from '../../calls/find-start.ts'
import { type LogTail, openLogTail } from '../../calls/log-tail.ts'
import { describeError } from '../../errors.ts'
import type { EventLog } from '../../log/event-log.ts'
import type { Records } from '../../log/records.ts'
import type { Logger } from '../../logger.ts'
import { type ClosedCalls, createCallsFold } from './closed-calls.ts'
import type { CrmRow } from './row.ts'
import type { RowStore } from './row-store.ts'

/**
 * Reads the log and makes a row of each customer call that is over. It begins where a call could have begun that had no row when the relay
 * was last heard of, and a row is made once: so a start makes those that are missing and no others. Calls that were over before the CRM
 * was first used get none.
 */
export interface RowCollector {
  /** Whether all events of the log up to here are in the rows. */
  readonly position: number
  close(): void
}

export interface RowCollectorOptions {
  readonly log: EventLog
  readonly rows: RowStore
  readonly records: Records
  readonly crm: string
  readonly queueNameOf: QueueNameOf
  /** How long a call that is over waits for late events, ms. */
  readonly waitMs: number
  readonly clock: Clock
  readonly logger: Logger
  /** Whether a delivery is being taken in. */
  readonly isBusy: () => boolean
}

/** A call of which nothing was heard for a day is over; and clocks differ. */
const READ_BACK_MS = 24 * HOUR_MS + 10 * MINUTE_MS
const RETRY_MS = 5 * SECOND_MS
const TICK_MS = SECOND_MS
const NOTE_MS = MINUTE_MS
const MAX_TURNS_LEFT = 8

const BEGUN_KEY = 'crm/begun'
const begun = v.object({ logId: v.string(), crm: v.string(), sinceMs: v.number(), heardMs: v.number() })
type Begun = v.InferOutput<typeof begun>

/** The relay has no CRM any more: when it has one again, what happened meanwhile is of the past. */
export async function forgetBegun(records: Records): Promise<void> {
  if ((await records.get(BEGUN_KEY)) !== undefined) await records.remove(BEGUN_KEY)
}

export function startRowCollector(options: RowCollectorOptions): RowCollector {
  const { clock, logger } = options
  const closed = new AbortController()
  const state = { position: -1, tail: undefined as LogTail | undefined }
  let cancelRetry = () => {}

  async function run(): Promise<void> {
    try {
      await collect(options, state, closed.signal)
    } catch (error) {
      if (closed.signal.aborted) return
      logger.error({ err: describeError(error) }, 'Calls could not be collected for the CRM: it is tried again')
      state.tail?.close()
      cancelRetry = clock.after(RETRY_MS, () => void run())
    }
  }

  void run()
  return {
    get position() {
      return state.position
    },
    close() {
      closed.abort()
      cancelRetry()
      state.tail?.close()
    },
  }
}

async function collect(
  options: RowCollectorOptions,
  state: { position: number; tail: LogTail | undefined },
  signal: AbortSignal,
): Promise<void> {
  const { log, queueNameOf, clock, isBusy } = options
  const since = await readBegun(options)
  const fold = createCallsFold(log, queueNameOf)
  const keep = (closed: ClosedCalls) => updateRows(closed, since, options)
  const fromMs = Math.min(clock.nowMs(), since.heardMs) - READ_BACK_MS
  const tail = openLogTail(log, await findPosition(log, fromMs))
  state.tail = tail
  if (signal.aborted) return tail.close()
  let hasTicked = false
  /** Until then what is read may be half a call: it counts when all of it is known. */
  let isReadingPast = true
  let notedMs = clock.elapsedMs()
  const stopTicking = every(clock, TICK_MS, () => {
    hasTicked = true
    tail.wake()
  })
  try {
    while (!signal.aborted) {
      const events = await tail.next()
      for (const event of events) if (!signal.aborted) await fold.follow(event)
      if (signal.aborted) return
      if (tail.isAtHead) isReadingPast = false
      const last = events.at(-1)
      // While it reads of the past, what was over then leaves at the time of then.
      const atMs = isReadingPast ? last?.receivedAtMs : hasTicked ? clock.nowMs() : undefined
      if (atMs !== undefined) for (const closed of fold.passTime(atMs)) await keep(closed)
      if (!isReadingPast) {
        for (const closed of fold.takeChanged()) await keep(closed)
        if (hasTicked) await releaseWaiting(options)
        if (hasTicked && clock.elapsedMs() - notedMs >= NOTE_MS) {
          notedMs = clock.elapsedMs()
          await options.records.put(BEGUN_KEY, JSON.stringify({ ...since, heardMs: clock.nowMs() } satisfies Begun))
        }
        hasTicked = false
        state.position = tail.position
      }
      if (tail.isAtHead && !hasTicked) await tail.sleep()
      else await leaveTurns(isBusy)
    }
  } finally {
    stopTicking()
    tail.close()
  }
}

/** Another log or another CRM begins afresh. */
async function readBegun({ records, log, crm, clock }: RowCollectorOptions): Promise<Begun> {
  const text = await records.get(BEGUN_KEY)
  const known = text === undefined ? undefined : v.parse(begun, JSON.parse(text))
  const isThisLog = known !== undefined && [log.id, ...log.former.map(({ id }) => id)].includes(known.logId)
  if (isThisLog && known.crm === crm) return { ...known, logId: log.id }
  const first: Begun = { logId: log.id, crm, sinceMs: clock.nowMs(), heardMs: clock.nowMs() }
  await records.put(BEGUN_KEY, JSON.stringify(first))
  return first
}

/** What is over has its row, and what goes on again has none; what was sent once stays as it is. */
async function updateRows(
  { telephonySessionIds, records, memberIds, heardMs }: ClosedCalls,
  { sinceMs }: Begun,
  { rows, waitMs, clock }: RowCollectorOptions,
): Promise<void> {
  const keys = new Set(records.map(({ key }) => key))
  const others = telephonySessionIds.flatMap((id) => rows.ofSession(id)).filter(({ key }) => !keys.has(key))
  let isKnown = false
  // A call that turns out to be a part of one that has a row already is not written a second time.
  for (const { key } of others) if (!(await withdraw(rows, key))) isKnown = true
  for (const call of records) {
    const present = rows.get(call.key)
    const dueAtMs = heardMs + waitMs
    if (present === undefined) {
      if (isKnown || call.endedMs < sinceMs) continue
      const row: CrmRow = {
        key: call.key,
        state: 'waiting',
        call,
        memberIds,
        dueAtMs,
        tries: 0,
        sinceMs: clock.nowMs(),
      }
      await rows.add(row)
    } else await rows.change(call.key, (row) => renew(row, { ...row, call, memberIds }, dueAtMs))
  }
}

/**
 * Removes a row that was not sent; false where it was. It is kept back first: at this moment it may be being sent, or the relay that was
 * the owner before may have sent it.
 */
async function withdraw(rows: RowStore, key: string): Promise<boolean> {
  const row = await rows.change(key, (one) => (isUnsent(one) ? { ...one, state: 'waiting', dueAtMs: NEVER_MS } : one))
  if (row !== undefined && row.dueAtMs !== NEVER_MS) return false
  if (row !== undefined) await rows.remove(key)
  return true
}

const NEVER_MS = Number.MAX_SAFE_INTEGER

/** Whether no record was sent yet, and nobody has decided about it. */
function isUnsent({ state, tries }: CrmRow): boolean {
  return tries === 0 && UNSENT.includes(state)
}

const UNSENT: readonly CrmState[] = ['waiting', 'ready', 'noMatch', 'ambiguous']

/** Late events count until the record is sent. */
function renew(row: CrmRow, now: CrmRow, dueAtMs: number): CrmRow {
  if (row.state === 'sent' || row.state === 'logged') return row
  const next = row.state === 'waiting' ? { ...now, dueAtMs } : now
  return JSON.stringify(next) === JSON.stringify(row) ? row : next
}

async function releaseWaiting({ rows, clock }: RowCollectorOptions): Promise<void> {
  const nowMs = clock.nowMs()
  const due = [...rows.open()].filter(({ state, dueAtMs }) => state === 'waiting' && dueAtMs <= nowMs)
  await Promise.all(
    due.map(({ key }) =>
      rows.change(key, (row) => (row.state === 'waiting' ? { ...row, state: 'ready', sinceMs: nowMs } : row)),
    ),
  )
}

async function leaveTurns(isBusy: () => boolean): Promise<void> {
  await setImmediate()
  for (let turn = 0; turn < MAX_TURNS_LEFT && isBusy(); turn++) await setImmediate()
}
