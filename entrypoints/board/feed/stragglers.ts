import type { RelayClient } from '../../lib/relay/relay-client.ts'
import type { AccountFold } from './account.ts'
import type { FeedRecord } from './records.ts'
import { readSession } from './snapshot.ts'

/**
 * Events of sessions that are not followed any more, or never were here. What such a session came to is in the totals already:
 * its history is fetched and put back first, so that the late event changes the totals and does not count the call once more.
 */
export interface Stragglers {
  /** Takes an event over, if it is one. False: it is an event like any other. */
  take(record: FeedRecord): boolean
  /** Fetches sessions that a party here went to. */
  fetch(telephonySessionId: string): void
  /** These have left, of which everything up to `head` was here. */
  noteLeft(telephonySessionIds: readonly string[], head: number): void
}

export interface StragglersOptions {
  readonly fold: AccountFold
  readonly client: RelayClient
  /** Everything up to here is in the snapshot, and so in its totals. */
  readonly position: number
  /** When the snapshot was taken, ms on the relay's clock. */
  readonly snapshotMs: number
  readonly nowMs: () => number
  readonly onTaken: () => void
}

/** A session's first events overtake each other; one that is heard of first with a later one began before the board looked. */
const FIRST_SEQUENCES = 4
/** Of so many sessions it is remembered that they have left. */
const MAX_LEFT = 20_000

export function createStragglers({
  fold,
  client,
  position,
  snapshotMs,
  nowMs,
  onTaken,
}: StragglersOptions): Stragglers {
  /** By session that has left the position up to which its events were here. */
  const left = new Map<string, number>()
  /** By session that is being fetched what has come of it meanwhile. */
  const waiting = new Map<string, FeedRecord[]>()

  async function bring(id: string): Promise<void> {
    const ids = fold.tiedTo(id).filter((one) => one === id || !fold.tracks(one))
    const read = await Promise.all(ids.map((one) => readSession(client, one)))
    const came = waiting.get(id) ?? []
    waiting.delete(id)
    const all = read.flatMap((records) => records ?? [])
    // What was here when it left was counted here, what is in the snapshot by the relay.
    const counted = all.filter((record) => record.position <= (left.get(record.telephonySessionId) ?? position))
    if (!fold.tracks(id)) fold.restore(counted, nowMs())
    for (const record of [...all, ...came]) fold.take(record)
    for (const one of ids) left.delete(one)
    onTaken()
  }

  function isOfThePast({ telephonySessionId, call }: FeedRecord): boolean {
    if (call === undefined || fold.tracks(telephonySessionId)) return false
    if (left.has(telephonySessionId) || call.kind === 'status') return true
    const { sequence, eventTimeMs } = call.notification
    return sequence > FIRST_SEQUENCES || eventTimeMs < snapshotMs - PATIENCE_MS
  }

  return {
    take(record) {
      const ahead = waiting.get(record.telephonySessionId)
      if (ahead !== undefined) ahead.push(record)
      else if (isOfThePast(record)) {
        waiting.set(record.telephonySessionId, [record])
        void bring(record.telephonySessionId)
      } else return false
      return true
    },
    fetch(id) {
      if (waiting.has(id) || fold.tracks(id)) return
      waiting.set(id, [])
      void bring(id)
    },
    noteLeft(ids, head) {
      for (const id of ids) left.set(id, head)
      for (const id of left.keys()) {
        if (left.size <= MAX_LEFT) break
        left.delete(id)
      }
    },
  }
}

/** Clocks differ, and an event takes its time to the relay. */
const PATIENCE_MS = 10_000
