import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { HEADER_BYTES } from './segment-header.ts'

/** One file of a segment store: content from the start, and behind it zeros that keep room for what comes. */
export interface SegmentFile {
  readonly path: string
  readonly number: number
  /** Its whole length, as the disk counts it. */
  readonly lengthBytes: number
  read(offset: number, bytes: number): Promise<Buffer>
  /** Hands bytes to the system, which may still lose them. */
  write(bytes: Buffer, offset: number): Promise<void>
  /** Resolves when all that was written is on the disk. */
  flush(): Promise<void>
  /** Makes it so long with zeros, or as long as there is room and then rejects. */
  grow(toBytes: number): Promise<void>
  /** Gives back what lies behind `bytes`. */
  cut(toBytes: number): Promise<void>
  /** Waits for reads that are under way. */
  close(): Promise<void>
  /** Closes it and takes it off the disk. */
  remove(): Promise<void>
}

const NAME = /^(\d{8})\.segment$/
/** So much at a time, so that a flush of events waits for no more than that. */
const ZEROS = Buffer.alloc(256 * 1024)

export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(8, '0')}.segment`)
}

/** What a file is called until it is whole. */
export function draftPath(path: string): string {
  return `${path}.draft`
}

/** The number in a segment file's name; `undefined` for another file. */
export function segmentNumber(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Opens a file that is there. */
export async function openSegmentFile(folder: string, number: number): Promise<SegmentFile> {
  const path = segmentPath(folder, number)
  const handle = await open(path, 'r+')
  return createSegmentFile(path, number, handle, (await handle.stat()).size)
}

/** Makes a file with a header and room for so much more, all of it on the disk; leaves none behind when there is no room. */
export async function makeSegmentFile(
  folder: string,
  number: number,
  { header, roomBytes }: { header: Buffer; roomBytes: number },
): Promise<SegmentFile> {
  const path = segmentPath(folder, number)
  const handle = await open(draftPath(path), 'w+', 0o600)
  const file = createSegmentFile(path, number, handle, 0)
  try {
    await file.write(header, 0)
    await file.grow(HEADER_BYTES + roomBytes)
    await handle.sync()
    // Under its name it is never without a header.
    await rename(draftPath(path), path)
    await syncFolder(folder)
    return file
  } catch (error) {
    await handle.close()
    await rm(draftPath(path), { force: true })
    await rm(path, { force: true })
    throw error
  }
}

/** Replaces a file by one with other content; readers that have the old one open can still read it. */
export async function replaceSegmentFile(folder: string, number: number, content: Buffer): Promise<SegmentFile> {
  const path = segmentPath(folder, number)
  const draft = draftPath(path)
  try {
    await writeFile(draft, content, { mode: 0o600, flush: true })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(folder)
  return openSegmentFile(folder, number)
}

/** Names that were made or removed in a folder are on the disk when this resolves. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function createSegmentFile(path: string, number: number, handle: FileHandle, openedBytes: number): SegmentFile {
  let lengthBytes = openedBytes
  return {
    path,
    number,
    get lengthBytes() {
      return lengthBytes
    },
    async read(offset, bytes) {
      const buffer = Buffer.allocUnsafe(bytes)
      const { bytesRead } = await handle.read(buffer, 0, bytes, offset)
      return buffer.subarray(0, bytesRead)
    },
    async write(bytes, offset) {
      let written = 0
      while (written < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, offset + written)
        written += bytesWritten
      }
      lengthBytes = Math.max(lengthBytes, offset + bytes.length)
    },
    flush: () => handle.datasync(),
    async grow(toBytes) {
      while (lengthBytes < toBytes) {
        const bytes = Math.min(ZEROS.length, toBytes - lengthBytes)
        const { bytesWritten } = await handle.write(ZEROS, 0, bytes, lengthBytes)
        lengthBytes += bytesWritten
      }
    },
    async cut(toBytes) {
      if (lengthBytes === toBytes) return
      await handle.truncate(toBytes)
      lengthBytes = toBytes
      await handle.sync()
    },
    close: () => handle.close(),
    async remove() {
      await handle.close()
      await rm(path, { force: true })
      await syncFolder(dirname(path))
    },
  }
}
