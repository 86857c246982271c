import { unwrap } from 'idb'
import type { Cursor } from '../../../shared/protocol/wire.ts'
import { carriedOut } from './carried-out.ts'
import type { DayContext } from './day-context.ts'
import { packEvents } from './event-packs.ts'
import type { BrowserStore, PersonStore } from './open.ts'
import type { CallRow, Gap, SignIn, StoredEvent, StoredRuleNotice, StoredStatus } from './schema.ts'
import { recountCalls } from './write-days.ts'

/** What came in together, as it is to be stored. */
export interface Change {
  readonly events: readonly StoredEvent[]
  readonly statuses: readonly StoredStatus[]
  readonly calls: readonly CallRow[]
  /** What rules told; absent where they told nothing. */
  readonly notices?: readonly StoredRuleNotice[]
  readonly cursor: (Cursor & { readonly relayUrl: string }) | undefined
}

/**
 * Writes what came in, what the days add up to now, and how far the log has been taken in, all or nothing: after a crash the
 * relay may repeat a frame, which does no harm, but never skips one.
 */
export async function writeChange(
  store: PersonStore,
  { events, statuses, calls, notices = [], cursor }: Change,
  dayContext: DayContext,
): Promise<void> {
  const tx = store.transaction(['events', 'statuses', 'calls', 'ruleNotices', 'days', 'cursors'], 'readwrite')
  const changes = calls.map((after) => ({ telephonySessionId: after.telephonySessionId, after }))
  const isCounted =
    calls.length > 0 &&
    recountCalls({ calls: tx.objectStore('calls'), days: tx.objectStore('days') }, changes, dayContext)
  // Thousands at a time: not awaited one by one, because a failed one fails the transaction.
  const bare = unwrap(tx)
  for (const pack of packEvents(events)) bare.objectStore('events').put(pack)
  for (const status of statuses) bare.objectStore('statuses').put(status)
  for (const call of calls) bare.objectStore('calls').put(call)
  for (const notice of notices) bare.objectStore('ruleNotices').put(notice)
  if (cursor) bare.objectStore('cursors').put(cursor)
  await carriedOut(tx, [isCounted])
}

export async function writeGap(store: PersonStore, gap: Gap): Promise<void> {
  await store.put('gaps', gap)
}

export async function writeSignIn(store: BrowserStore, signIn: SignIn): Promise<void> {
  await store.put('signIn', signIn, 'current')
}

export async function deleteSignIn(store: BrowserStore): Promise<void> {
  await store.delete('signIn', 'current')
}
