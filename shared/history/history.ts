import type { Party, TelephonyNotification } from '../protocol/notification.ts'

/**
 * The history of one telephony session: the set of its events, sorted. Everything we know of a call is folded from this.
 *
 * - What makes two events the same: session, sequence and party id. A second subscription or filter repeats a change under
 *   another uuid, and one counter serves all parties, so neither uuid nor sequence alone will do.
 * - What orders events: the sequence; parties that share one, by their id. Never a time: equal times are normal.
 * - When one event comes with two contents, the later `timestamp` wins, then the greater uuid, compared as strings.
 * - What a gap means: nothing by itself. Numbers start at 2, and a subscription that sees some parties only never gets the
 *   others' numbers. Nobody waits for one.
 *
 * A history is a value: inserting gives a new one, or the same object when nothing was new.
 */
export interface History {
  readonly telephonySessionId: string
  /** Sorted by sequence, then party id; no two alike in both. */
  readonly entries: readonly HistoryEntry[]
}

/** One party in one event. An event with several parties gives several entries, one with none gives one without a party. */
export interface HistoryEntry {
  readonly sequence: number
  /** `''` for an event without parties. */
  readonly partyId: string
  readonly party: Party | undefined
  /** When it happened, ms since the epoch, platform's clock. */
  readonly eventTimeMs: number
  /** When the platform told of it; decides between two contents of one event, measures nothing. */
  readonly timestampMs: number
  readonly uuid: string
  readonly origin: string | undefined
}

export interface Insertion {
  readonly history: History
  /**
   * Index of the first entry that is new or replaced; `undefined` when the history stayed as it was. Whatever was folded
   * from the entries before it still holds.
   */
  readonly from: number | undefined
}

export function emptyHistory(telephonySessionId: string): History {
  return { telephonySessionId, entries: [] }
}

/** Puts an event where it belongs, whenever it comes. Its session must be the history's. */
export function insertNotification(history: History, notification: TelephonyNotification): Insertion {
  let entries: HistoryEntry[] | undefined
  let from: number | undefined
  for (const entry of entriesOf(notification)) {
    const current: readonly HistoryEntry[] = entries ?? history.entries
    const index = placeOf(current, entry)
    const present = current[index]
    const isPresent = present !== undefined && compareEntries(present, entry) === 0
    if (isPresent && !supersedes(entry, present)) continue
    entries ??= history.entries.slice()
    entries.splice(index, isPresent ? 1 : 0, entry)
    from = Math.min(from ?? index, index)
  }
  return entries === undefined ? { history, from: undefined } : { history: { ...history, entries }, from }
}

/** The numbers that are absent between the first and the last one seen. Absent means missed only in a complete stream. */
export function missingSequences(history: History): readonly number[] {
  const missing: number[] = []
  let expected = history.entries[0]?.sequence ?? 0
  for (const { sequence } of history.entries) {
    // A corrupt number can be astronomically far away; a thousand holes say as much as a billion.
    for (; expected < sequence && missing.length < MAX_MISSING; expected++) missing.push(expected)
    expected = sequence + 1
  }
  return missing
}

const MAX_MISSING = 1000

function entriesOf(notification: TelephonyNotification): readonly HistoryEntry[] {
  const { sequence, eventTimeMs, timestampMs, origin, parties } = notification
  const common = { sequence, eventTimeMs, timestampMs, uuid: notification.uuid ?? '', origin }
  if (parties.length === 0) return [{ ...common, partyId: '', party: undefined }]
  return parties.map((party) => ({ ...common, partyId: party.id, party }))
}

/** Index of the entry with the same key, or else where it would stand. From the end: events mostly come in order. */
function placeOf(entries: readonly HistoryEntry[], entry: HistoryEntry): number {
  let index = entries.length
  while (index > 0) {
    const before = entries[index - 1]
    if (before === undefined || compareEntries(before, entry) < 0) break
    index--
  }
  return index
}

function compareEntries(a: HistoryEntry, b: HistoryEntry): number {
  return a.sequence - b.sequence || compareText(a.partyId, b.partyId)
}

/** Whether `next` is the content to believe of two for one event. A total order, or arrival would decide after all. */
function supersedes(next: HistoryEntry, present: HistoryEntry): boolean {
  const order = next.timestampMs - present.timestampMs || compareText(next.uuid, present.uuid)
  return order === 0 ? JSON.stringify(next) > JSON.stringify(present) : order > 0
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
