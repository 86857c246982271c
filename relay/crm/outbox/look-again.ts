import { type Clock, every } from '../../../shared/clock.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { describeError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import type { Metrics } from '../../metrics.ts'
import { CrmFault } from '../api.ts'
import type { Connection, Connections } from '../connection/connection.ts'
import type { CrmRow } from './row.ts'
import type { RowStore } from './row-store.ts'
import type { RecordWriter } from './write-record.ts'

/**
 * Calls of numbers that nobody had are looked up again: somebody makes the contact after the call, or the CRM's index has it late. That
 * is done a few times by itself, one number at a time, those first that were looked up the least; and at once when anybody is found to
 * have the number, as when it calls again.
 */

/** How long after nobody had the number it is looked up the next time: soon for who makes the contact after the call. */
const PAUSES_MS: readonly number[] = [10 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, 3 * DAY_MS]
/** 120 numbers an hour at most: some plans have few searches a day, and they are for calls that ring. */
const TURN_MS = 30 * SECOND_MS
/** While the CRM can't be asked. */
const PUT_OFF_MS = 10 * MINUTE_MS

/** A row of a number that nobody has, with the time of its next look while there is one. */
export function planLook({ lookAtMs: _, ...row }: CrmRow, nowMs: number): CrmRow {
  const { looks = 0 } = row
  const pauseMs = PAUSES_MS[looks]
  return pauseMs === undefined ? row : { ...row, looks: looks + 1, lookAtMs: nowMs + pauseMs }
}

export interface LookingOptions {
  readonly rows: Pick<RowStore, 'unmatched' | 'change'>
  readonly writer: Pick<RecordWriter, 'isKnown'>
  readonly connections: Pick<Connections, 'of' | 'faultOf'>
  readonly metrics: Pick<Metrics, 'countCrmRequest'>
  readonly clock: Clock
  readonly logger: Logger
}

/** Returns what ends it; that resolves when nothing is under way. */
export function startLooking(options: LookingOptions): () => Promise<void> {
  const { clock, logger } = options
  let underWay: Promise<void> | undefined
  let isClosed = false
  const stop = every(clock, TURN_MS, () => {
    underWay ??= lookOnce(options)
      .catch((error: unknown) => {
        if (!isClosed) logger.warn({ err: describeError(error) }, 'A number could not be looked up again in the CRM')
      })
      .finally(() => {
        underWay = undefined
      })
  })
  return async () => {
    isClosed = true
    stop()
    await underWay
  }
}

async function lookOnce(options: LookingOptions): Promise<void> {
  const { rows, writer, connections, metrics, clock } = options
  const row = selectNext(options)
  const connection = row && connections.of(row.call.ownerExtensionId)
  if (row === undefined || connection === undefined) return
  const alter = (change: (one: CrmRow) => CrmRow) =>
    changeUnmatched(options, { connection, phoneNumber: row.call.customerNumber, change })
  try {
    if (await writer.isKnown(row, connection)) await alter((one) => release(one, clock.nowMs()))
    else await alter((one) => (isDue(one, clock.nowMs()) ? planLook(one, clock.nowMs()) : one))
  } catch (error) {
    if (!(error instanceof CrmFault)) throw error
    metrics.countCrmRequest(error.kind)
    const putOffMs = Math.max(PUT_OFF_MS, error.retryAfterMs ?? 0)
    await rows.change(row.key, (one) => ({ ...one, lookAtMs: clock.nowMs() + putOffMs }))
  }
}

function selectNext({ rows, connections, clock }: LookingOptions): CrmRow | undefined {
  const nowMs = clock.nowMs()
  let next: CrmRow | undefined
  for (const row of rows.unmatched()) {
    if (!isDue(row, nowMs) || (next !== undefined && !comesBefore(row, next))) continue
    const connection = connections.of(row.call.ownerExtensionId)
    if (connection !== undefined && connections.faultOf(connection.owner) === undefined) next = row
  }
  return next
}

function comesBefore(a: CrmRow, b: CrmRow): boolean {
  return ((a.looks ?? 0) - (b.looks ?? 0) || (a.lookAtMs ?? 0) - (b.lookAtMs ?? 0)) < 0
}

function isDue({ lookAtMs = Number.POSITIVE_INFINITY }: CrmRow, nowMs: number): boolean {
  return lookAtMs <= nowMs
}

export interface FoundNumber {
  /** By which somebody was found. */
  readonly connection: Connection
  readonly phoneNumber: string | undefined
  readonly nowMs: number
}

/** Somebody has the number by now: calls that waited for it go on their way. */
export async function releaseUnmatched(
  options: Pick<LookingOptions, 'rows' | 'connections'>,
  { connection, phoneNumber, nowMs }: FoundNumber,
): Promise<void> {
  await changeUnmatched(options, { connection, phoneNumber, change: (row) => release(row, nowMs) })
}

async function changeUnmatched(
  { rows, connections }: Pick<LookingOptions, 'rows' | 'connections'>,
  wanted: Pick<FoundNumber, 'connection' | 'phoneNumber'> & { readonly change: (row: CrmRow) => CrmRow },
): Promise<void> {
  const { connection, phoneNumber, change } = wanted
  if (phoneNumber === undefined) return
  for (const { key, call } of rows.unmatched(phoneNumber)) {
    // Another person's login may see other contacts.
    if (connections.of(call.ownerExtensionId)?.owner !== connection.owner) continue
    await rows.change(key, (row) => (row.state === 'noMatch' ? change(row) : row))
  }
}

function release({ lookAtMs: _, words: __, ...row }: CrmRow, nowMs: number): CrmRow {
  return { ...row, state: 'ready', dueAtMs: nowMs, sinceMs: nowMs }
}
