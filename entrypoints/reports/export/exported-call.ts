import { FIGURE_NAMES, FIGURES, type FigureName, type FigureTimes, timeField } from '../../../shared/metrics/figures.ts'
import type { Returned } from '../../../shared/metrics/returned.ts'
import type { NamedCall, NameSource } from '../../lib/caller/caller-name.ts'
import type { CallNote } from '../../lib/notes/note.ts'
import { formatLocalInstant } from './local-instant.ts'

/** What is known of a call besides its row. */
export interface ExportFacts {
  readonly note: CallNote
  /** How it was returned, if it was missed and was. */
  readonly returned: Returned | undefined
}

/**
 * A call as it leaves the browser, one value a column. The names stay as they are from version to version; times are ms, or
 * ISO-8601 with the offset of the reader's time zone. `null` is not known, or does not apply.
 */
export interface ExportedCall extends ExportedTimes {
  readonly telephony_session_id: string
  /** The call that it counts as. */
  readonly customer_call_id: string
  readonly started_at: string
  readonly direction: 'inbound' | 'outbound'
  readonly name: string | null
  /** E.164, or a short extension. */
  readonly number: string | null
  readonly queue: string | null
  /** The outcome's word, `answered`, `callerGaveUp`, …; `null` while the call goes on. */
  readonly outcome: string | null
  readonly taken_by: string | null
  readonly taken_by_me: boolean | null
  readonly taken_after_ms: number | null
  readonly returned_at: string | null
  /** Whether a figure needs events that could not be seen. */
  readonly is_estimate: boolean
  /** Numbers of events known to be missing. */
  readonly missing_sequences: readonly number[]
  readonly note: string
  readonly tags: readonly string[]
  /** Who says the name; `null` where there is none. */
  readonly name_source: NameSource | null
}

/** The times of a call by their columns, ms. */
type ExportedTimes = { readonly [N in FigureName as (typeof FIGURES)[N]['column']]: number | null }

/** The columns in the order in which they came to be: one that is new comes last. */
const EARLIER_COLUMNS = [
  'telephony_session_id',
  'customer_call_id',
  'started_at',
  'direction',
  'name',
  'number',
  'queue',
  'outcome',
  'taken_by',
  'taken_by_me',
  'taken_after_ms',
  'returned_at',
  'ring_ms',
  'talk_ms',
  'hold_ms',
  'two_way_talk_ms',
  'caller_wait_ms',
  'is_estimate',
  'missing_sequences',
  'note',
  'tags',
  'name_source',
  'longest_hold_ms',
] as const satisfies readonly (keyof ExportedCall)[]
const FIGURE_COLUMNS = FIGURE_NAMES.map((name) => FIGURES[name].column)
export const EXPORT_COLUMNS: readonly (keyof ExportedCall)[] = [...new Set([...EARLIER_COLUMNS, ...FIGURE_COLUMNS])]

export function exportCall(row: NamedCall, { note, returned }: ExportFacts): ExportedCall {
  return {
    telephony_session_id: row.telephonySessionId,
    customer_call_id: row.part?.ofId ?? row.telephonySessionId,
    started_at: formatLocalInstant(row.startedMs),
    direction: row.direction === 'Inbound' ? 'inbound' : 'outbound',
    name: row.name ?? null,
    number: row.phoneNumber ?? null,
    queue: row.queueName ?? null,
    outcome: row.outcome ?? null,
    taken_by: row.takenBy?.name ?? null,
    taken_by_me: row.takenBy?.isMe ?? null,
    taken_after_ms: row.takenBy?.afterMs ?? null,
    returned_at: returned === undefined ? null : formatLocalInstant(returned.startedMs),
    ...exportTimes(row),
    is_estimate: row.isEstimate,
    missing_sequences: row.missingSequences,
    note: note.text,
    tags: note.tags,
    name_source: row.nameSource ?? null,
  }
}

function exportTimes(row: FigureTimes): ExportedTimes {
  return Object.fromEntries(
    FIGURE_NAMES.map((name) => [FIGURES[name].column, row[timeField(name)] ?? null]),
  ) as ExportedTimes
}
