import type { TelephonyNotification } from '../protocol/notification.ts'
import type { Party } from '../protocol/party.ts'
import type { SessionStatus } from '../protocol/status.ts'

/**
 * The history of one telephony session: the set of its events, sorted, and the platform's answers about it.
 * Everything we know of a call is folded from this.
 *
 * - What makes two events the same: session, sequence and party id. A second subscription or filter repeats a change under
 *   another uuid, and one counter serves all parties, so neither uuid nor sequence alone will do.
 * - What orders events: the sequence; parties that share one, by their id. Never a time: equal times are normal.
 * - When one event comes with two contents, the later `timestamp` wins, then the greater uuid, compared as strings.
 * - What a gap means: nothing by itself. Numbers start at 2, and a subscription that sees some parties only never gets the
 *   others' numbers. A missing event is never waited for.
 *
 * A history grows in place. Readers keep nothing of it but its entries, which never change.
 */
export interface History {
  readonly telephonySessionId: string
  /** Sorted by sequence, then party id; no two alike in both. */
  readonly entries: readonly HistoryEntry[]
  /** Answers to status requests, by the moment they are about. Few sessions ever have one. */
  readonly statuses: readonly SessionStatus[]
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

export interface HistoryDraft extends History {
  readonly entries: HistoryEntry[]
  readonly statuses: SessionStatus[]
}

/**
 * Puts an event where it belongs, whenever it comes; its session must be the history's. Answers with the index of the first
 * entry that is new or replaced: whatever was folded from the entries before it still holds. `undefined`: nothing was new.
 */
export function insertNotification(history: HistoryDraft, notification: TelephonyNotification): number | undefined {
  const { parties } = notification
  let from: number | undefined
  for (let index = 0; index < Math.max(1, parties.length); index++) {
    const place = insertEntry(history.entries, buildEntry(notification, parties[index]))
    if (place !== undefined) from = Math.min(from ?? place, place)
  }
  return from
}

/** Adds an answer to a status request. False: it was there already. */
export function insertStatus({ statuses }: HistoryDraft, status: SessionStatus): boolean {
  const text = JSON.stringify(status)
  if (statuses.some((present) => JSON.stringify(present) === text)) return false
  statuses.push(status)
  statuses.sort(compareStatuses)
  return true
}

/** The numbers that are absent between the first and the last one seen. Absent means missed only in a complete stream. */
export function missingSequences(history: History): readonly number[] {
  const missing: number[] = []
  let expected = history.entries[0]?.sequence ?? 0
  for (const { sequence } of history.entries) {
    // A corrupt number can be astronomically far away; a thousand gaps say as much as a billion.
    for (; expected < sequence && missing.length < MAX_MISSING; expected++) missing.push(expected)
    expected = sequence + 1
  }
  return missing
}

const MAX_MISSING = 1000

/** Not the notification itself: the rest of it is not needed again, and every live call keeps all of its entries. */
function buildEntry(notification: TelephonyNotification, party: Party | undefined): HistoryEntry {
  const { sequence, eventTimeMs, timestampMs, uuid, origin } = notification
  return { sequence, partyId: party?.id ?? '', party, eventTimeMs, timestampMs, uuid: uuid ?? '', origin }
}

/** Answers where the entry is now, or `undefined` when there was one as good. */
function insertEntry(entries: HistoryEntry[], entry: HistoryEntry): number | undefined {
  const place = placeOf(entries, entry)
  const present = entries[place]
  const isPresent = present !== undefined && compareEntries(present, entry) === 0
  if (isPresent && !supersedes(entry, present)) return undefined
  if (place === entries.length) entries.push(entry)
  else entries.splice(place, isPresent ? 1 : 0, entry)
  return place
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

function compareStatuses(a: SessionStatus, b: SessionStatus): number {
  return a.asOfMs - b.asOfMs || compareText(JSON.stringify(a), JSON.stringify(b))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
