import { type FSWatcher, watch } from 'node:fs'
import { dirname } from 'node:path'
import { type Clock, every } from '../../../shared/clock.ts'
import { createQueue } from '../../../shared/queue.ts'
import type { RuleBook } from '../../../shared/rules/rule.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { printOf } from '../../json-file/read-text.ts'
import type { Logger } from '../../logger.ts'
import { type LoadedBook, loadRuleBook } from './load-book.ts'

/** The rules of a file, read again when it or a list beside it changes. A fault keeps the rules of before. */
export interface KeptRuleBook {
  /** `undefined` while the file had faults ever since the start. */
  book(): RuleBook | undefined
  /** When those rules were read, ms since the epoch. */
  readonly readAtMs: number | undefined
  /** What is wrong with the files by now: `FILE:LINE:COLUMN: reason`, one a fault, without numbers or names. */
  readonly faults: readonly string[]
  /** Calls `listener` when there are other rules or other faults. */
  onChanged(listener: () => void): void
  close(): void
}

export interface RuleBookOptions {
  readonly file: string
  readonly clock: Clock
  readonly logger: Logger
  /** Has the system tell of changes in a folder; what is returned ends that. */
  readonly watchFolder?: (folder: string, onChange: () => void) => () => void
}

/** Files that have not changed for so long are written to the end: editors and copies take a few writes. */
const SETTLING_MS = 300
/** Systems do not tell of every change: of none on network file systems, or where the folder was put in the place of another. */
const LOOK_INTERVAL_MS = 5 * SECOND_MS

/** Resolves when the file was read once. */
export async function createRuleBook(options: RuleBookOptions): Promise<KeptRuleBook> {
  const { file, clock, logger, watchFolder = watchBySystem } = options
  const listeners: (() => void)[] = []
  const looks = createQueue()
  let isClosed = false
  let book: RuleBook | undefined
  let readAtMs: number | undefined
  let faults: readonly string[] = []
  /** The files as they were when they were last read, and as they were at the last look. */
  let read: ReadonlyMap<string, string> = new Map()
  let seen: ReadonlyMap<string, string> = new Map()
  let cancelLook: (() => void) | undefined

  function take(loaded: LoadedBook): void {
    read = loaded.prints
    const hadFaults = faults.join('\n')
    faults = loaded.faults
    if (loaded.book !== undefined) {
      book = loaded.book
      readAtMs = clock.nowMs()
      logger.info({ rules: book.rules.length }, 'The rules were read')
    } else if (faults.join('\n') === hadFaults) {
      return
    } else if (book === undefined) {
      logger.warn({ faults }, 'The file of rules has faults: no rule is in force')
    } else {
      logger.warn({ faults }, 'The file of rules has faults: the rules of before stay in force')
    }
    for (const listener of listeners) listener()
  }

  async function look(): Promise<void> {
    const now = await printAll(read.keys())
    const isSettled = isSame(now, seen)
    seen = now
    if (isClosed || isSame(now, read)) return
    if (!isSettled) return lookSoon()
    const loaded = await loadRuleBook(file)
    if (isClosed) return
    // Written while it was read: what was read may be a piece of each.
    if (isSame(await printAll(loaded.prints.keys()), loaded.prints)) take(loaded)
    else lookSoon()
  }

  function lookSoon(): void {
    cancelLook ??= clock.after(SETTLING_MS, () => {
      cancelLook = undefined
      void looks.run(look)
    })
  }

  take(await loadRuleBook(file))
  const stopWatching = watchFolder(dirname(file), lookSoon)
  const stopLooking = every(clock, LOOK_INTERVAL_MS, () => void looks.run(look))
  // What changed before it was watched.
  lookSoon()

  return {
    book: () => book,
    get readAtMs() {
      return readAtMs
    },
    get faults() {
      return faults
    },
    onChanged: (listener) => listeners.push(listener),
    close() {
      isClosed = true
      cancelLook?.()
      stopLooking()
      stopWatching()
    },
  }
}

async function printAll(paths: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all([...paths].map(async (path) => [path, await printOf(path)] as const)))
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, print]) => b.get(path) === print)
}

/** The folder, for an editor that puts a new file in the place of the old one ends what watches that. */
function watchBySystem(folder: string, onChange: () => void): () => void {
  let watcher: FSWatcher | undefined
  try {
    watcher = watch(folder, { persistent: false }, onChange)
    watcher.on('error', () => watcher?.close())
  } catch {
    // There is no such folder, or the system has no more watches: looking now and then will do.
  }
  return () => watcher?.close()
}
