import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** ENOSPC, EFBIG and EDQUOT, as numbers because the storage engine gives no names. */
const NO_ROOM_CODES: readonly unknown[] = [28, 27, 122]
const NO_ROOM_NAMES: readonly unknown[] = ['ENOSPC', 'EFBIG', 'EDQUOT']
/** As much as a busy commit writes at once. */
const PROBE_BYTES = 64 * 1024

/** Whether a write failed because there was no room: nothing was written then, and there may be room later. */
export function isNoRoom(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return NO_ROOM_CODES.includes(error.code) || NO_ROOM_NAMES.includes(error.code)
}

/**
 * Whether a file as long as `file` could not grow now. The storage engine reports a write that ended early, because the disk
 * was full, as the same "input/output error" as a disk that fails; only trying tells them apart.
 */
export async function isOutOfRoom(folder: string, file: string): Promise<boolean> {
  const path = join(folder, 'room')
  try {
    const { size } = await stat(join(folder, file))
    const probe = await open(path, 'w')
    try {
      const { bytesWritten } = await probe.write(Buffer.alloc(PROBE_BYTES, 1), 0, PROBE_BYTES, size)
      await probe.datasync()
      return bytesWritten < PROBE_BYTES
    } finally {
      await probe.close()
    }
  } catch (error) {
    return isNoRoom(error)
  } finally {
    await rm(path, { force: true })
  }
}
