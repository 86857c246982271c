import { statfs } from 'node:fs/promises'

/**
 * How many bytes the log may take: half of what its disk could give it. The other half is for the tree's own pages while it
 * is rewritten, and for whatever else lives on that disk; a full disk refuses events, which is worse than forgetting the
 * oldest some hours early.
 */
export const LOG_SHARE_OF_DISK = 0.5

export async function findLogRoom(folder: string, usedBytes: number): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return Math.floor((bavail * bsize + usedBytes) * LOG_SHARE_OF_DISK)
}
