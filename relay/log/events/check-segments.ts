import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { DAY_MS } from '../../../shared/time.ts'
import { DamagedError } from '../damaged-error.ts'
import { decodeBatch } from '../segments/batch.ts'
import type { SegmentFile } from '../segments/segment-file.ts'
import { HEADER_BYTES } from '../segments/segment-header.ts'
import type { SealedSegment } from './event-store.ts'

/** Reads sealed segments again, one after the other and little at a time, and compares them with their checksums. */
export interface SegmentCheckOptions {
  list(): readonly SealedSegment[]
  /** Told of the first one that differs; the check ends there. */
  onDamaged(error: DamagedError, file: SegmentFile): void
}

const PIECE_BYTES = 1024 * 1024
/** Some tens of megabytes a second: no request is noticeably slower for it. */
const PAUSE_MS = 50
const ROUND_INTERVAL_MS = DAY_MS

/** Begins at once and does it again each day; the returned function ends it. */
export function startSegmentCheck({ list, onDamaged }: SegmentCheckOptions): () => Promise<void> {
  const stopping = new AbortController()

  async function checkAll(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const sealed of list()) {
        const isSound = await isAsSealed(sealed).catch((error: unknown) => {
          // It was forgotten meanwhile.
          if (list().some(({ file }) => file === sealed.file)) throw error
          return true
        })
        if (stopping.signal.aborted) return
        if (!isSound) return onDamaged(await describeDamage(sealed), sealed.file)
      }
      await pause(ROUND_INTERVAL_MS)
    }
  }

  async function isAsSealed({ file, contentBytes, checksum }: SealedSegment): Promise<boolean> {
    let found = 0
    for (let offset = HEADER_BYTES; offset < contentBytes; offset += PIECE_BYTES) {
      await pause(PAUSE_MS)
      if (stopping.signal.aborted) return true
      found = crc32(await file.read(offset, Math.min(PIECE_BYTES, contentBytes - offset)), found)
    }
    return found === checksum
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        stopping.signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms).unref()
      stopping.signal.addEventListener('abort', end)
      if (stopping.signal.aborted) end()
    })
  }

  const done = checkAll().catch(() => undefined)
  return async () => {
    stopping.abort()
    await done
  }
}

/** Where it begins. */
async function describeDamage({ file, contentBytes }: SealedSegment): Promise<DamagedError> {
  const content = await file.read(0, contentBytes)
  let offset = HEADER_BYTES
  for (let batch = decodeBatch(content, offset); batch !== undefined; batch = decodeBatch(content, offset)) {
    offset = batch.endOffset
  }
  return new DamagedError(`${basename(file.path)} does not match its checksums at byte ${offset}`)
}
