import { describeError } from '../../errors.ts'
import { NotStoredError } from '../not-stored-error.ts'

/**
 * The two ways in which a write to a store fails. Without room nothing was written, and it may succeed later: a
 * {@link NotStoredError}. Any other failure leaves open what is on the disk, and nothing may be tried again.
 */
export interface WriteFaults {
  /** False from the write that found no room until one does. */
  hasRoom: boolean
  /** Whether a write failed in a way that leaves open what is on the disk. */
  readonly hasFailed: boolean
  /** Throws a {@link NotStoredError} for want of room; any other error as it is. */
  refuse(error: unknown): never
  /** Throws a {@link NotStoredError} for any error. */
  refuseAll(error: unknown): never
  /** Notes the failure; the promise never settles, because neither outcome can be relied on. */
  fail(error: unknown): Promise<never>
  /** The same, except that a {@link NotStoredError} is thrown as it is. */
  failUnlessNotStored(error: unknown): Promise<never>
  /** Reports the first failure. */
  noteFailure(error: unknown): void
}

/** What the system says when there is no room: on the disk, for this user, or in a file of this process. */
const NO_ROOM_CODES = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** `onFailed` is called once, with the first failure that must not be tried again. */
export function createWriteFaults(folder: string, onFailed: (error: Error) => void): WriteFaults {
  let hasFailed = false

  const faults: WriteFaults = {
    hasRoom: true,
    get hasFailed() {
      return hasFailed
    },
    refuse(error) {
      if (!isNoRoom(error)) throw error
      return faults.refuseAll(error)
    },
    refuseAll(error) {
      faults.hasRoom = false
      throw noRoomError(folder, error)
    },
    fail(error) {
      faults.noteFailure(error)
      return new Promise(() => undefined)
    },
    failUnlessNotStored(error) {
      if (error instanceof NotStoredError) throw error
      return faults.fail(error)
    },
    noteFailure(error) {
      if (hasFailed) return
      hasFailed = true
      const sentence = `A write to ${folder} failed and can't be trusted any more: ${describeError(error)}.`
      onFailed(new Error(sentence, { cause: error }))
    },
  }
  return faults
}

export function isNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_ROOM_CODES.includes(String(error.code))
}

export function ignoreNoRoom(error: unknown): void {
  if (!isNoRoom(error)) throw error
}

export function ignoreNotStored(error: unknown): void {
  if (!(error instanceof NotStoredError)) throw error
}

export function noRoomError(folder: string, error: unknown): NotStoredError {
  return new NotStoredError(`There is no room for ${folder}: ${describeError(error)}.`, { cause: error })
}
