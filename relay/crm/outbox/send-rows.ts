import type { Clock } from '../../../shared/clock.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { describeError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import type { Metrics } from '../../metrics.ts'
import { CrmFault, REQUEST_TIMEOUT_MS } from '../api.ts'
import type { Connection, Connections } from '../connection/connection.ts'
import type { Connector, Written } from '../connector.ts'
import { planLook, releaseUnmatched } from './look-again.ts'
import { mendingOf } from './mending.ts'
import { connectionPauseMs, pauseAfter } from './next-try.ts'
import type { CrmRow } from './row.ts'
import type { RowStore } from './row-store.ts'
import type { RecordWriter } from './write-record.ts'

/**
 * Has the rows written that are due, several at a time.
 *
 * A row is `sent`, durably, before the request that writes its record. So whoever finds it `sent`, in whatever process and after whatever
 * crash, looks the record up by its marker before sending anything again.
 */
export interface RowSender {
  /** Looks what is due. */
  wake(): void
  /** Whether nothing is under way. */
  readonly isIdle: boolean
  /** Resolves when what was begun is over. */
  close(): Promise<void>
}

export interface RowSenderOptions {
  readonly rows: RowStore
  readonly writer: RecordWriter
  readonly connections: Connections
  readonly connector: Pick<Connector, 'exactness' | 'indexLagMs'>
  /** Resolves where this relay may still write: another may have become the owner. */
  readonly confirm: () => Promise<void>
  readonly metrics: Pick<Metrics, 'countCrmRequest'>
  readonly clock: Clock
  readonly logger: Logger
}

/** Enough to use up a CRM's budget while each answer takes half a second. */
const AT_ONCE = 8
/** After the log, or whoever owns it, kept a row from being written. */
const UNSURE_MS = MINUTE_MS

export function createRowSender(options: RowSenderOptions): RowSender {
  const { rows, connections, clock, logger } = options
  const underWay = new Map<string, Promise<void>>()
  /** By connection: nothing is sent before. */
  const pauses = new Map<string, { untilMs: number; failures: number }>()
  let isClosed = false
  let cancel = () => {}

  function wake(): void {
    if (isClosed || underWay.size >= AT_ONCE) return
    cancel()
    const nowMs = clock.nowMs()
    let nextMs = Number.POSITIVE_INFINITY
    for (const row of selectDue()) {
      const connection = connections.of(row.call.ownerExtensionId)
      if (connection === undefined || connections.faultOf(connection.owner) !== undefined) continue
      const dueMs = Math.max(row.dueAtMs, pauses.get(connection.owner)?.untilMs ?? 0)
      if (dueMs > nowMs) nextMs = Math.min(nextMs, dueMs)
      else if (underWay.size < AT_ONCE) begin(row, connection)
    }
    if (nextMs < Number.POSITIVE_INFINITY) cancel = clock.after(nextMs - nowMs, wake)
  }

  /** The oldest calls first. */
  function selectDue(): readonly CrmRow[] {
    return [...rows.open()]
      .filter(({ key, state }) => state !== 'waiting' && !underWay.has(key))
      .sort((a, b) => a.call.startedMs - b.call.startedMs)
  }

  function begin(row: CrmRow, connection: Connection): void {
    const done = carry(row, connection)
      .catch((error: unknown) => fail(connection, error))
      .finally(() => {
        underWay.delete(row.key)
        wake()
      })
    underWay.set(row.key, done)
  }

  async function carry(row: CrmRow, connection: Connection): Promise<void> {
    try {
      await advance(row, connection, options)
      pauses.delete(connection.owner)
      connections.noteTaken(connection.owner)
    } catch (error) {
      if (isClosed) return
      if (!(error instanceof CrmFault)) throw error
      await note(row, connection, error)
    }
  }

  /** What came of it could not be written down, or another relay has become the owner: the row is as it was, and comes again. */
  function fail({ owner }: Connection, error: unknown): void {
    if (isClosed) return
    pauses.set(owner, { untilMs: clock.nowMs() + UNSURE_MS, failures: 0 })
    logger.error({ err: describeError(error) }, 'A call could not be written to the CRM')
  }

  async function note({ key, tries }: CrmRow, connection: Connection, fault: CrmFault): Promise<void> {
    pause(connection, fault)
    const moment = { nowMs: clock.nowMs(), indexLagMs: options.connector.indexLagMs ?? 0, triesBefore: tries }
    const row = await rows.change(key, (one) => afterFault(one, fault, moment))
    options.metrics.countCrmRequest(fault.kind)
    logger.warn({ kind: fault.kind, status: fault.status, state: row?.state }, 'The CRM has not taken a call')
  }

  function pause({ owner }: Connection, { kind, words, retryAfterMs }: CrmFault): void {
    if (kind === 'refused') return
    if (kind === 'unauthorized') {
      connections.noteRefused(owner, words)
      return
    }
    const failures = (pauses.get(owner)?.failures ?? 0) + 1
    pauses.set(owner, { untilMs: clock.nowMs() + (retryAfterMs ?? connectionPauseMs(failures)), failures })
  }

  const stopListening = rows.onChanged(wake)
  connections.onChanged(wake)
  return {
    wake,
    get isIdle() {
      return underWay.size === 0
    },
    async close() {
      isClosed = true
      stopListening()
      cancel()
      await Promise.all(underWay.values())
    },
  }
}

/** Brings one row on as far as it goes. */
async function advance(row: CrmRow, connection: Connection, options: RowSenderOptions): Promise<void> {
  const { rows, writer, clock } = options
  if (row.state === 'logged') return updateNote(row, connection, options)
  if (row.state === 'sent') {
    const before = await writer.lookUp(row, connection)
    if (before !== undefined) return noteLogged(row, before, options)
  }
  const matched = row.state === 'sent' && row.contact !== undefined ? row : await matchRow(row, connection, options)
  if (matched === undefined) return
  const nowMs = clock.nowMs()
  const overAfterMs = findOverAfterMs(options)
  const sent = await rows.change(row.key, (one) =>
    // A person may have left it out, or the call may have gone on, in the meantime.
    one.state === row.state
      ? {
          ...one,
          ...pickContact(matched),
          state: 'sent',
          tries: one.tries + 1,
          sinceMs: nowMs,
          dueAtMs: nowMs + overAfterMs,
        }
      : one,
  )
  if (sent?.state !== 'sent') return
  await options.confirm()
  const written = await writeOrTakeBack(sent, connection, options)
  options.metrics.countCrmRequest('written')
  await noteLogged(sent, written, options)
}

/**
 * When whoever finds a row `sent` that it has not sent itself can tell what became of it: the request is over, and the CRM's index has
 * what it wrote. Where the request may be repeated, that is at once.
 */
function findOverAfterMs({ connector: { exactness, indexLagMs = 0 } }: RowSenderOptions): number {
  return exactness === 'native' ? 0 : REQUEST_TIMEOUT_MS + indexLagMs
}

/** Where the CRM certainly has done nothing there is nothing to look up before the next try. */
async function writeOrTakeBack(
  row: CrmRow,
  connection: Connection,
  { rows, writer }: RowSenderOptions,
): Promise<Written> {
  try {
    return await writer.write(row, connection)
  } catch (error) {
    if (error instanceof CrmFault && (error.kind === 'limited' || error.kind === 'unauthorized'))
      await rows.change(row.key, (one) =>
        one.state === 'sent' ? { ...one, state: 'ready', dueAtMs: row.sinceMs } : one,
      )
    throw error
  }
}

/** `undefined` where a person has to choose, or there is nobody. */
async function matchRow(
  row: CrmRow,
  connection: Connection,
  { rows, writer, connections, clock }: RowSenderOptions,
): Promise<CrmRow | undefined> {
  const match = await writer.match(row, connection)
  const nowMs = clock.nowMs()
  if (match.kind !== 'none') {
    await releaseUnmatched({ rows, connections }, { connection, phoneNumber: row.call.customerNumber, nowMs })
  }
  if (match.kind === 'one') return match.contact === undefined ? row : { ...row, contact: match.contact }
  await rows.change(row.key, (one) => {
    if (one.state !== row.state) return one
    if (match.kind === 'several')
      return { ...one, state: 'ambiguous', candidates: match.candidates, words: AMBIGUOUS, sinceMs: nowMs }
    const unmatched: CrmRow = { ...one, state: 'noMatch', words: match.words, sinceMs: nowMs }
    return match.mayAppear ? planLook(unmatched, nowMs) : unmatched
  })
  return undefined
}

const AMBIGUOUS = 'Several people have this number: choose whose call it was.'

function pickContact({ contact }: CrmRow): Pick<CrmRow, 'contact'> {
  return contact === undefined ? {} : { contact }
}

async function noteLogged(row: CrmRow, { recordId, url }: Written, { rows, clock }: RowSenderOptions): Promise<void> {
  const nowMs = clock.nowMs()
  await rows.change(row.key, ({ words: _, candidates: __, ...one }) => ({
    ...one,
    state: 'logged',
    recordId,
    ...(url !== undefined && { recordUrl: url }),
    sinceMs: nowMs,
  }))
}

async function updateNote(
  row: CrmRow,
  connection: Connection,
  { rows, writer, metrics }: RowSenderOptions,
): Promise<void> {
  // What is written while this goes on is due again.
  await rows.change(row.key, ({ isNoteDue: _, ...one }) => one)
  try {
    await writer.updateNote(row, connection)
    metrics.countCrmRequest('updated')
  } catch (error) {
    if (!(error instanceof CrmFault) || error.kind !== 'refused')
      await rows.change(row.key, (one) => ({ ...one, isNoteDue: true }))
    throw error
  }
}

interface Moment {
  readonly nowMs: number
  readonly indexLagMs: number
  /** How many tries there were before this one, whatever it asked for. */
  readonly triesBefore: number
}

/** What a row is after a request came to nothing. */
function afterFault(row: CrmRow, fault: CrmFault, { nowMs, indexLagMs, triesBefore }: Moment): CrmRow {
  const { kind, words, retryAfterMs = 0 } = fault
  if (row.state === 'logged') return kind === 'refused' ? { ...row, words } : { ...row, dueAtMs: nowMs + MINUTE_MS }
  if (row.state !== 'ready' && row.state !== 'sent') return row
  // It is not the row's fault: it waits for the connection.
  if (kind === 'unauthorized') return { ...row, tries: triesBefore, words }
  const tries = triesBefore + 1
  if (kind === 'refused')
    return { ...row, tries, state: 'refused', words: `${words} ${mendingOf(fault)}`.trim(), sinceMs: nowMs }
  const pauseMs = pauseAfter(tries)
  if (pauseMs === undefined) return { ...row, tries, state: 'givenUp', words, sinceMs: nowMs }
  const lagMs = row.state === 'sent' ? indexLagMs : 0
  return { ...row, tries, words, dueAtMs: nowMs + Math.max(pauseMs, retryAfterMs, lagMs) }
}
