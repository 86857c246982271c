import { SECOND_MS } from '../../../shared/time.ts'
import { within } from './within.ts'

/** Something that can be opened and is closed again. */
interface Closable {
  close(): void
}

/** For one record that everything else waits for. */
const ANSWER_MS = 10 * SECOND_MS

/** Runs a task with the store, opening it if necessary. Rejects when the store refuses or does not answer. */
export type UseStore<S> = <T>(task: (store: S) => Promise<T>) => Promise<T>

/**
 * A small store that is opened on use and reopened if it could not be opened or was closed. A task that fails is tried
 * once more with a freshly opened store.
 */
export function createSteadyStore<S extends Closable>(open: () => Promise<S>): UseStore<S> {
  let opened: Promise<S> | undefined

  async function attempt<T>(task: (store: S) => Promise<T>): Promise<T> {
    opened ??= open()
    const mine = opened
    try {
      return await within(ANSWER_MS, mine.then(task))
    } catch (error) {
      if (opened === mine) opened = undefined
      // It may still open, and would then be in the way of others.
      mine.then((store) => store.close()).catch(() => undefined)
      throw error
    }
  }

  return (task) => attempt(task).catch(() => attempt(task))
}
