import { stat } from 'node:fs/promises'

/** What the file system knows of a file. Times are ns since the epoch, in decimal digits. */
export interface FileStats {
  readonly inode: string
  readonly modifiedAtNs: string
  /** When the file or anything about it was changed, which nobody can set. */
  readonly changedAtNs: string
}

export async function readFileStats(path: string): Promise<FileStats> {
  const { ino, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
  return { inode: String(ino), modifiedAtNs: String(mtimeNs), changedAtNs: String(ctimeNs) }
}
