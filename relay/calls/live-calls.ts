import { LOST_AFTER_MS } from '../../shared/call/doubt.ts'
import { type Clock, every } from '../../shared/clock.ts'
import { selectDay } from '../../shared/live/day.ts'
import type { IsQueueId } from '../../shared/live/queue-visit.ts'
import { QUEUE_TYPE } from '../../shared/protocol/extension-kind.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import { describeError } from '../errors.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import { findPosition } from './find-start.ts'
import { followLog, type LogFollower } from './follow-log.ts'

/**
 * The account live in the relay. It is off until somebody asks, and a while after nobody has asked any more it is let go: what a
 * relay without supervisors never needs it never holds.
 *
 * A start reads the log from today's midnight where the account is, because calls count from then on, and at least a day back,
 * because a call of which nothing was heard for a day is over: what goes on has been heard of since, and what it told before is
 * found by its session.
 */
export interface LiveCalls {
  /** The account with every event that was in the log when this was called; rejects with a {@link NotReadyError} when that takes long. */
  use(): Promise<AccountNow>
  /** What a day's queues are; the same that the account is folded with. */
  readonly isQueueId: IsQueueId
  close(): void
}

/** The account as it stands; what is read of it in one go belongs together. */
export type AccountNow = Pick<LogFollower, 'account' | 'events' | 'position' | 'sinceMs'> & {
  readonly timeZone: string
}

/** The past is still being read: it should be asked for again. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
  readonly retryAfterMs = RETRY_AFTER_MS
}

export interface LiveCallsDependencies {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly directory: Directory
  readonly timeZone: { read(): Promise<string> }
  /** Whether a delivery is being taken in. */
  readonly isBusy: () => boolean
}

/** What is received somewhat before its own time, because clocks differ, belongs to its day all the same. */
const MARGIN_MS = 10 * MINUTE_MS
const TICK_MS = SECOND_MS
const UNUSED_MS = 30 * MINUTE_MS
const MAX_WAIT_MS = 20 * SECOND_MS
const RETRY_AFTER_MS = 5 * SECOND_MS

interface Running {
  readonly follower: LogFollower
  readonly timeZone: string
  /** The queues by which it was folded. */
  readonly queues: string
}

export function createLiveCalls(dependencies: LiveCallsDependencies): LiveCalls {
  const { log, clock, logger, directory } = dependencies
  let starting: Promise<Running> | undefined
  let running: Running | undefined
  let usedMs = clock.elapsedMs()
  let stopTicking = () => {}

  const isQueueId: IsQueueId = (id) => selectExtensionKind(directory, id) === 'queue'

  async function start(): Promise<Running> {
    const timeZone = await dependencies.timeZone.read()
    const nowMs = clock.nowMs()
    const fromMs = Math.min(selectDay(nowMs, timeZone).sinceMs, nowMs - LOST_AFTER_MS) - MARGIN_MS
    const afterPosition = await findPosition(log, fromMs)
    const follower = followLog({
      log,
      afterPosition,
      nowMs: () => clock.nowMs(),
      timeZone,
      isQueueId,
      isBusy: dependencies.isBusy,
    })
    const started = { follower, timeZone, queues: describeQueues() }
    running = started
    stopTicking()
    stopTicking = every(clock, TICK_MS, tick)
    logger.info({ events: log.headPosition - afterPosition, timeZone }, 'The account is followed live')
    return started
  }

  function stop(): void {
    stopTicking()
    stopTicking = () => {}
    running?.follower.close()
    running = undefined
  }

  function tick(): void {
    if (clock.elapsedMs() - usedMs < UNUSED_MS) running?.follower.tick(clock.nowMs())
    else {
      stop()
      logger.info('The account is followed no longer: nobody has asked for a while')
    }
  }

  /** With another queue or another midnight everything counts otherwise. */
  async function isOutdated({ queues, timeZone }: Running): Promise<boolean> {
    return queues !== describeQueues() || timeZone !== (await dependencies.timeZone.read())
  }

  function describeQueues(): string {
    const byType = [...directory.people].flatMap(([id, { type }]) => (type === QUEUE_TYPE ? [id] : []))
    return [...new Set([...directory.queues.keys(), ...byType])].sort().join()
  }

  async function ready(): Promise<Running> {
    if (running !== undefined && (await isOutdated(running))) stop()
    if (running !== undefined) return running
    starting ??= start().finally(() => {
      starting = undefined
    })
    return starting
  }

  async function readNow(): Promise<AccountNow> {
    const { follower, timeZone } = await ready()
    try {
      // Who asks in the first moment of a day is answered with that day.
      follower.tick(clock.nowMs())
      await withinLimit(follower.reach(log.headPosition), clock)
    } catch (error) {
      if (error instanceof NotReadyError) throw error
      // Another request began it anew in the meantime.
      if (running !== undefined && running.follower !== follower) return readNow()
      logger.error({ err: describeError(error) }, 'The account could not be followed live')
      stop()
      throw new NotReadyError('The log could not be read')
    }
    const { account, events, position, sinceMs } = follower
    return { account, events, position, sinceMs, timeZone }
  }

  log.onRenamed(stop)

  return {
    isQueueId,
    async use() {
      usedMs = clock.elapsedMs()
      void directory.want()
      return readNow()
    },
    close: stop,
  }
}

function withinLimit(reached: Promise<void>, clock: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(MAX_WAIT_MS, () => reject(new NotReadyError('The past is still being read')))
    reached.then(resolve, reject).finally(cancel)
  })
}
