import { type Clock, every } from '../../shared/clock.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { EventLog } from './event-log.ts'

const TRIM_INTERVAL_MS = MINUTE_MS
/** A relay that is asked for nothing while it is not ready has to find out by itself that there is room again. */
const WRITABLE_INTERVAL_MS = 5 * SECOND_MS

export interface TrimmingDependencies {
  readonly log: Pick<EventLog, 'trim'>
  readonly clock: Clock
  readonly time: Pick<ConfirmedTime, 'earliestMs'>
  readonly logger: Logger
  readonly settings: Pick<Settings, 'retentionMs'>
  /** How many bytes the log may take now. */
  findMaxBytes(): Promise<number>
}

/** Has old events forgotten, now and then; the returned function ends it. */
export function startTrimming(dependencies: TrimmingDependencies): () => void {
  const { log, clock, time, logger, settings } = dependencies
  let isTrimming = false

  async function trim(): Promise<void> {
    const maxBytes = await dependencies.findMaxBytes()
    const events = await log.trim({ beforeMs: time.earliestMs() - settings.retentionMs, maxBytes })
    if (events > 0) logger.info({ events }, 'Events beyond the retention were forgotten')
  }

  return every(clock, TRIM_INTERVAL_MS, () => {
    if (isTrimming) return
    isTrimming = true
    trim()
      .catch((error: unknown) => logger.error({ err: describeError(error) }, 'Old events could not be forgotten'))
      .finally(() => {
        isTrimming = false
      })
  })
}

/** Tries a log that could not be written again, and tells of it; the returned function ends it. */
export function watchWritable(dependencies: {
  readonly log: Pick<EventLog, 'checkWritable' | 'hindrance'>
  readonly clock: Clock
  readonly logger: Logger
}): () => void {
  const { log, clock, logger } = dependencies
  let wasWritable = true
  return every(clock, WRITABLE_INTERVAL_MS, () => {
    void log.checkWritable().then((isWritable) => {
      if (isWritable === wasWritable) return
      wasWritable = isWritable
      if (isWritable) logger.info('The event log can be written again')
      else logger.error(`The event log can not be written: ${log.hindrance ?? 'make room on its disk'}`)
    })
  })
}
