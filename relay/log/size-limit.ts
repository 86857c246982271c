import { statfs } from 'node:fs/promises'

/**
 * How many bytes the log may take: half of what its disk could give it, and in any case what it had when this was asked last.
 * The other half is for whatever else lives on that disk. When that takes more than its half, the log no longer grows, and
 * forgets as much as it takes in; it does not make room for others, who would fill that as well.
 */
const LOG_SHARE_OF_DISK = 0.5

/** Of a log in `folder` that takes `usedBytes` now. */
export function createSizeLimit(folder: string, usedBytes: () => number): () => Promise<number> {
  let hadBytes = usedBytes()
  return async () => {
    const { bavail, bsize } = await statfs(folder)
    const has = usedBytes()
    const roomBytes = Math.max(Math.floor((bavail * bsize + has) * LOG_SHARE_OF_DISK), hadBytes)
    hadBytes = Math.min(has, roomBytes)
    return roomBytes
  }
}
