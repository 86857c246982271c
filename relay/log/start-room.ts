import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError } from '../errors.ts'
import { NotStoredError } from './not-stored-error.ts'

/** What a fresh store takes before it makes room for itself. */
const FRESH_STORE_BYTES = 1024 * 1024
/** As long as the store makes it itself. */
const LOCK_BYTES = 8272

/**
 * Sees to it that the store in `folder` can be opened on a disk that is full, or throws a {@link NotStoredError}. The store maps
 * its lock file into memory, where a page that has no room ends the process by a signal, and so may its very first pages.
 */
export async function ensureStartRoom(folder: string): Promise<void> {
  const lockFile = join(folder, 'lock.mdb')
  if (!(await hasContent(lockFile))) await fill(lockFile, LOCK_BYTES)
  if (await hasContent(join(folder, 'data.mdb'))) return
  const probe = join(folder, 'room')
  try {
    await fill(probe, FRESH_STORE_BYTES)
  } finally {
    await rm(probe, { force: true })
  }
}

/** Whether anything of a file is on the disk: one that was only made longer has no room of its own. */
async function hasContent(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined)
  return facts !== undefined && facts.size > 0 && facts.blocks > 0
}

async function fill(path: string, bytes: number): Promise<void> {
  try {
    await writeFile(path, Buffer.alloc(bytes), { mode: 0o600, flush: true })
  } catch (error) {
    await rm(path, { force: true })
    throw new NotStoredError(`There is no room for ${path}: ${describeError(error)}.`, { cause: error })
  }
}
