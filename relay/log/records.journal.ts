import { NotStoredError } from './not-stored-error.ts'
import type { Records } from './records.ts'
import { createGroupCommit } from './segments/group-commit.ts'
import { openSegmentStore, type SegmentStore, type SegmentStoreOptions } from './segments/segment-store.ts'

/**
 * Records as a journal of changes. A file begins with a snapshot: all that is kept by then, as one batch; the changes follow.
 * When they take much more room than what they are about, a new file is begun, and the one before is removed.
 *
 * A change is JSON, `[key, value]`, or `[key]` when it was removed. A snapshot begins with the record `[]`.
 */
export interface RecordsJournal extends Records {
  readonly usedBytes: number
  close: SegmentStore['close']
}

export type RecordsJournalOptions = Omit<
  SegmentStoreOptions,
  'kind' | 'onSegment' | 'reserveBytes' | 'roomBytes' | 'segmentBytes' | 'maxSpanMs'
>

interface Change {
  readonly key: string
  /** Absent for one that is removed. */
  readonly value?: string
  /** What should be there by then, or it is not put; absent: whatever is. */
  readonly before?: string
}

/** Changes that came too late: something else was there than they should replace. */
type Refused = WeakSet<Change>

/** Room for removals on a full disk: a user who signs out must not stay signed in. */
const RESERVE_BYTES = 64 * 1024
/** A journal is not worth a new file before. */
const SMALLEST_JOURNAL_BYTES = 256 * 1024
const SNAPSHOTS_PER_JOURNAL = 4
const MAX_BATCH_CHANGES = 64

export async function openRecordsJournal(options: RecordsJournalOptions): Promise<RecordsJournal> {
  let values = new Map<string, string>()
  let snapshotBytes = 0
  const refused: Refused = new WeakSet()
  const store = await openSegmentStore({
    ...options,
    kind: 'records',
    // Only a snapshot begins a file.
    segmentBytes: Number.POSITIVE_INFINITY,
    maxSpanMs: Number.POSITIVE_INFINITY,
    roomBytes: 0,
    reserveBytes: RESERVE_BYTES,
    onSegment(_segment, content) {
      for (const { record } of content?.records ?? []) {
        const change = decodeChange(record)
        if (change === undefined) values = new Map()
        else apply(change)
      }
    },
  })

  function apply({ key, value }: Change): void {
    if (value === undefined) values.delete(key)
    else values.set(key, value)
  }

  /** What is left of changes that are made one after the other. */
  function keepValid(changes: readonly Change[]): readonly Change[] {
    const changed = new Map<string, string | undefined>()
    return changes.filter((change) => {
      const { key, value, before } = change
      const found = changed.has(key) ? changed.get(key) : values.get(key)
      if (before !== undefined && found !== before) {
        refused.add(change)
        return false
      }
      changed.set(key, value)
      return true
    })
  }

  async function commit(wanted: readonly Change[]): Promise<void> {
    const changes = keepValid(wanted)
    if (changes.length === 0) return
    const records = changes.map(encodeChange)
    const usesReserve = changes.every(({ value }) => value === undefined)
    await store.append(records, { atMs: 0, usesReserve })
    for (const change of changes) apply(change)
    if ((store.active?.contentBytes ?? 0) > Math.max(SMALLEST_JOURNAL_BYTES, snapshotBytes * SNAPSHOTS_PER_JOURNAL)) {
      await beginAgain()
    }
  }

  /** Begins a file with a snapshot. Without room for one the files that are there say the same. */
  async function beginAgain(): Promise<void> {
    try {
      await store.roll()
      await store.append([SNAPSHOT, ...Array.from(values, ([key, value]) => encodeChange({ key, value }))], { atMs: 0 })
    } catch (error) {
      if (!(error instanceof NotStoredError)) throw error
      return
    }
    snapshotBytes = store.active?.contentBytes ?? 0
    while (store.segments.length > 1) await store.removeOldest()
  }

  if (store.segments.length > 1) await beginAgain()
  const change = createGroupCommit({ maxItems: () => MAX_BATCH_CHANGES, commit })

  return {
    get usedBytes() {
      return store.usedBytes
    },
    get: async (key) => values.get(key),
    put: (key, value) => change({ key, value }),
    async replace(key, before, value) {
      const replacement: Change = { key, value, before }
      await change(replacement)
      return !refused.has(replacement)
    },
    remove: (key) => change({ key }),
    list: async (prefix) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, value]) => value),
    entries: async () => new Map(values),
    onChangedElsewhere: () => undefined,
    close: () => store.close(),
  }
}

const SNAPSHOT = Buffer.from('[]')

function encodeChange({ key, value }: Change): Buffer {
  return Buffer.from(JSON.stringify(value === undefined ? [key] : [key, value]))
}

/** `undefined` for the record that a snapshot begins with. */
function decodeChange(record: Buffer): Change | undefined {
  const [key, value] = JSON.parse(record.toString()) as [] | [string] | [string, string]
  if (key === undefined) return undefined
  return value === undefined ? { key } : { key, value }
}
