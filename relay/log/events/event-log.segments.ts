import { createQueue } from '../../../shared/queue.ts'
import type { AsideStore } from '../aside-store.ts'
import type { EventLog, FormerLog } from '../event-log.ts'
import { createReaderPins } from '../reader-pins.ts'
import { createEventAppender } from './event-appender.ts'
import { createEventReader, type EventReaderOptions } from './event-reader.ts'
import type { EventStore } from './event-store.ts'
import { createRecentEvents } from './recent-events.ts'
import { trimOldest } from './trim-events.ts'

export interface SegmentLogOptions extends Pick<EventReaderOptions, 'onDamaged'> {
  readonly id: string
  readonly former: readonly FormerLog[]
  readonly events: EventStore
  readonly aside: AsideStore
}

/** The log in segment files. */
export function createSegmentEventLog({ id, former, events, aside, onDamaged }: SegmentLogOptions): EventLog {
  const { index } = events
  const pins = createReaderPins()
  const recent = createRecentEvents()
  /** What changes the files, one after the other. */
  const queue = createQueue()
  const { read, readOwned, readSession, readUuid } = createEventReader({ events, recent, onDamaged })
  const { append, onAppended } = createEventAppender({ events, queue, readUuid })
  const usedBytes = () => events.usedBytes + aside.usedBytes
  const trimOptions = { events, usedBytes, pinnedAfter: pins.lowestPosition }

  const oldestPosition = () => index.segments[0]?.segment.firstPosition ?? events.headPosition + 1

  return {
    id,
    former,
    get isWritable() {
      return events.hasRoom
    },
    hindrance: undefined,
    get usedBytes() {
      return usedBytes()
    },
    checkWritable: async () => events.hasRoom || queue.run(() => events.findRoom()),
    pin: pins.pin,
    get headPosition() {
      return events.headPosition
    },
    get oldestPosition() {
      return oldestPosition()
    },
    append,
    onAppended,
    onRenamed: () => undefined,
    reachHead: async () => undefined,
    read,
    readOwned,
    readSession,
    readUuid,
    readSessionIndex: async (telephonySessionId) => index.findSession(telephonySessionId),
    keepAside: aside.keep,
    readAside: aside.read,
    async trim(limits) {
      let forgotten = 0
      for (let count = -1; count !== 0; forgotten += count) {
        count = await queue.run(() => trimOldest(limits, trimOptions))
      }
      if (forgotten > 0) recent.forgetBefore(oldestPosition())
      await aside.forgetBefore(limits.beforeMs)
      return forgotten
    },
  }
}
