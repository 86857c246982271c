import type { Clock } from '../../shared/clock.ts'
import type { DirectoryPerson, DirectoryQueue } from '../../shared/protocol/http/directory.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/time.ts'
import { wait } from '../clock.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { RingCentralError, type ServiceClient } from '../ringcentral/api.ts'
import { isPermissionMissing } from '../ringcentral/verdicts.ts'
import type { Directory } from './directory.ts'
import { readPeople } from './read-people.ts'
import { type ListedQueue, listQueues, nameQueue, readQueue } from './read-queues.ts'

/**
 * The directory, read in the relay's own name when somebody looks at it, and each hour for a day after. It is in memory only:
 * reading it takes seconds, and names are on no disk that way. Settings of queues cost three requests each, so these are sent
 * as the budget has room. What can't be read leaves what was known.
 */
export interface KeptDirectory extends Directory {
  close(): void
}

export interface DirectoryDependencies {
  readonly service: ServiceClient
  /** Takes one request of group Light from the relay's own budget. 0: it was free; else the ms to wait before trying again. */
  takeRequest(): number
  readonly clock: Clock
  readonly logger: Logger
  /** Called when a part was read, and with the error when RingCentral refuses it for want of a permission. */
  onRead?(part: DirectoryPart, error: RingCentralError | undefined): void
}

export const DIRECTORY_PARTS = ['directory', 'queueSettings'] as const
export type DirectoryPart = (typeof DIRECTORY_PARTS)[number]

const FRESH_MS = HOUR_MS
/** How long after the last look the directory is kept up to date. */
const WANTED_MS = DAY_MS
const RETRY_MS = MINUTE_MS

export function createDirectory(dependencies: DirectoryDependencies): KeptDirectory {
  const { service, takeRequest, clock, logger, onRead } = dependencies
  const closed = new AbortController()
  let people: ReadonlyMap<string, DirectoryPerson> = new Map()
  let queues: ReadonlyMap<string, DirectoryQueue> = new Map()
  const firstNames = Promise.withResolvers<void>()
  let wantedAtMs = Number.NEGATIVE_INFINITY
  let isReading = false
  /** Reads again when it is due. */
  let cancelNext: (() => void) | undefined

  const waitForBudget = async (): Promise<void> => {
    for (let waitMs = takeRequest(); waitMs > 0; waitMs = takeRequest()) await wait(clock, waitMs, closed.signal)
  }

  /** Reads one part. False: it failed in a way that may pass, so that it is worth trying again soon. */
  async function readPart(part: DirectoryPart, read: () => Promise<void>): Promise<boolean> {
    try {
      await read()
      onRead?.(part, undefined)
      return true
    } catch (error) {
      if (closed.signal.aborted) throw error
      const isRefusal = error instanceof RingCentralError && isPermissionMissing(error)
      if (isRefusal) onRead?.(part, error)
      logger.warn(
        { err: describeError(error), part },
        'The directory could not be read: boards go on with what is known',
      )
      // A permission that is missing will not be granted within a minute: no retry.
      return isRefusal
    }
  }

  async function readQueues(): Promise<void> {
    const listed = await listQueues(service)
    const known = queues
    queues = new Map(listed.map((queue) => [queue.id, { ...known.get(queue.id), ...nameWith(known, queue) }]))
    for (const queue of listed) {
      const settings = await readQueue(service, queue, waitForBudget)
      queues = new Map(queues).set(queue.id, settings)
    }
  }

  async function readAll(): Promise<void> {
    isReading = true
    try {
      const hasPeople = await readPart('directory', async () => {
        people = await readPeople(service)
      })
      firstNames.resolve()
      const hasQueues = await readPart('queueSettings', readQueues)
      plan(hasPeople && hasQueues ? FRESH_MS : RETRY_MS)
    } catch (error) {
      if (!closed.signal.aborted) throw error
    } finally {
      isReading = false
    }
  }

  function plan(delayMs: number): void {
    cancelNext = clock.after(delayMs, () => {
      cancelNext = undefined
      if (clock.elapsedMs() - wantedAtMs < WANTED_MS) void readAll()
    })
  }

  return {
    get people() {
      return people
    },
    get queues() {
      return queues
    },
    want() {
      wantedAtMs = clock.elapsedMs()
      if (!isReading && cancelNext === undefined && !closed.signal.aborted) void readAll()
      return firstNames.promise
    },
    close() {
      closed.abort(new Error('The relay stops.'))
      cancelNext?.()
    },
  }
}

/** A queue by its name of now, with the members of before. */
function nameWith(known: ReadonlyMap<string, DirectoryQueue>, queue: ListedQueue): DirectoryQueue {
  return { ...nameQueue(queue), members: known.get(queue.id)?.members ?? [] }
}
