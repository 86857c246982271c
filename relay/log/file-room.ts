import { open } from 'node:fs/promises'
import { describeError } from '../errors.ts'
import { NotStoredError } from './not-stored-error.ts'

/**
 * Room at the end of the store's file, taken from the disk before it is needed. A full disk is met here, where it does no
 * harm: the store itself answers a page that can't be written by overrunning its own memory, which ends the process sooner
 * or later, and by calling it a failing disk.
 */
export interface FileRoom {
  /** Resolves when so many bytes more can be written after the last one in use; throws a {@link NotStoredError} when not. */
  ensure(bytes: number): Promise<void>
}

export interface FileRoomOptions {
  readonly path: string
  /** Where the part of the file ends that is in use. */
  endBytes(): number
}

/** Taken at a time, beyond what is needed. */
const STEP_BYTES = 1024 * 1024
const ZEROS = Buffer.alloc(256 * 1024)

export function createFileRoom({ path, endBytes }: FileRoomOptions): FileRoom {
  let fileBytes = 0

  /** Fills the file with zeros up to `bytes`, or as far as there is room, and then says why not further. */
  async function grow(bytes: number): Promise<unknown> {
    const file = await open(path, 'r+')
    try {
      fileBytes = (await file.stat()).size
      while (fileBytes < bytes) {
        const length = Math.min(ZEROS.byteLength, bytes - fileBytes)
        const { bytesWritten } = await file.write(ZEROS, 0, length, fileBytes)
        fileBytes += bytesWritten
      }
      return undefined
    } catch (error) {
      return error
    } finally {
      await file.close()
    }
  }

  return {
    async ensure(bytes) {
      const needed = endBytes() + bytes
      if (fileBytes >= needed) return
      const error = await grow(needed + STEP_BYTES)
      if (fileBytes >= needed) return
      throw new NotStoredError(`There is no room for ${path}: ${describeError(error)}.`, { cause: error })
    },
  }
}
