import { NotStoredError } from '../not-stored-error.ts'

/** The end of a store: what is under way is waited for, and nothing more is begun. */
export interface Closing {
  readonly isClosing: boolean
  /** Makes a change of the files; rejects with a {@link NotStoredError} once they are closing. */
  unlessClosing<T>(change: () => Promise<T>): Promise<T>
  /** Begins to refuse changes; resolves when the last one that was begun has ended, however it did. */
  begin(): Promise<void>
}

export function createClosing(folder: string): Closing {
  let isClosing = false
  let last: Promise<unknown> | undefined
  return {
    get isClosing() {
      return isClosing
    },
    unlessClosing(change) {
      if (isClosing) {
        return Promise.reject(
          new NotStoredError(`The files in ${folder} are closed, and nothing is written to them any more.`),
        )
      }
      const changing = change()
      last = changing
      return changing
    },
    async begin() {
      isClosing = true
      await last?.catch(() => undefined)
    },
  }
}
