import { type FileHandle, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { createQueue } from '../../shared/queue.ts'
import type { FileStats } from './segments/file-stats.ts'
import type { SegmentKind } from './segments/segment-header.ts'

/**
 * A small file that remembers up to where each store was acknowledged, so that a batch that was damaged later is told from one
 * that was interrupted. It is written after the store and hardly ever flushed: after a power cut it may say less than there
 * was, never more, so it misses a damage at worst.
 */
export interface LastState {
  /** The newest file of each store, and the end of what was acknowledged of it. */
  readonly ends: Partial<Readonly<Record<SegmentKind, FileEnd>>>
  /** The newest file of events as the file system knew it when the folder was closed; absent while it is in use. */
  readonly closed?: FileStats
}

export interface FileEnd {
  readonly number: number
  readonly contentBytes: number
}

export interface LastStateFile {
  note(kind: SegmentKind, end: FileEnd): void
  /** Resolves when what was noted so far is on the disk. */
  flush(): Promise<void>
  /** Writes what was noted, and that the folder is closed when it is told how; resolves when that is on the disk. */
  close(newest: FileStats | undefined): Promise<void>
}

const NAME = 'acknowledged'
/** One block of the file system takes it, so it is never half written. */
const FILE_BYTES = 1024
const CHECKSUM_CHARS = 8
/** A relay under load commits thousands of times a second; what was noted last is enough. */
const WRITE_INTERVAL_MS = 20

/** `undefined` when there is nothing that can be read. */
export async function readLastState(folder: string): Promise<LastState | undefined> {
  const bytes = await readFile(join(folder, NAME)).catch(() => Buffer.alloc(0))
  const text = bytes.toString('latin1', 0, FILE_BYTES - CHECKSUM_CHARS)
  const isWhole =
    bytes.length === FILE_BYTES && bytes.toString('latin1', FILE_BYTES - CHECKSUM_CHARS) === checksum(text)
  return isWhole ? (JSON.parse(text) as LastState) : undefined
}

/** From now on the folder is in use, and begins with these ends. */
export async function openLastState(folder: string, found: LastState['ends']): Promise<LastStateFile> {
  const file: FileHandle = await open(join(folder, NAME), 'a', 0o600).then(async (made) => {
    await made.close()
    return open(join(folder, NAME), 'r+')
  })
  const ends = { ...found }
  let timer: NodeJS.Timeout | undefined
  const queue = createQueue()

  function write(closed?: FileStats): Promise<unknown> {
    timer = undefined
    const text = JSON.stringify(closed === undefined ? { ends } : { ends, closed }).padEnd(FILE_BYTES - CHECKSUM_CHARS)
    const bytes = Buffer.from(text + checksum(text), 'latin1')
    // Without room for it less is known at the next start, which is no reason to refuse events.
    return queue.run(() => file.write(bytes, 0, FILE_BYTES, 0)).catch(() => undefined)
  }

  async function flush(closed?: FileStats): Promise<void> {
    clearTimeout(timer)
    await write(closed)
    await file.sync().catch(() => undefined)
  }

  await flush()
  return {
    note(kind, end) {
      ends[kind] = end
      timer ??= setTimeout(write, WRITE_INTERVAL_MS).unref()
    },
    flush,
    async close(newest) {
      await flush(newest)
      await file.close()
    },
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(CHECKSUM_CHARS, '0')
}
