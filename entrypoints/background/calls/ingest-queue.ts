import { createQueue } from '../../../shared/queue.ts'
import type { Received } from '../../lib/call/received.ts'
import type { Change } from '../../lib/store/write.ts'
import type { FrameContext } from './call-row.ts'
import type { ReceivedDeskRecord } from './desk-marks.ts'
import type { ReceivedNotice } from './rule-notices.ts'

/**
 * What a person's calls are to do, one thing after the other. Frames of the past that wait behind one another are taken in as
 * one: what hours of calls come to is worked out once, and not once a frame. What happens now is taken in as it happens, or a
 * call that rings and ends while the store is read would never have rung.
 */
export interface IngestQueue {
  /** Runs `task` behind everything that was handed over before. */
  run<T>(task: () => Promise<T>): Promise<T>
  /** Has a frame taken in. Resolves when it is written; rejects when it can't be. */
  add(frame: Arrived, context: FrameContext): Promise<void>
  /** When everything handed over so far is done; what was taken in may still be on its way into the store. */
  settled(): Promise<void>
}

/** What came in together. */
export interface Arrived {
  readonly received: readonly Received[]
  /** Hands and whispers about these calls, which count for how the calls are after all of `received`. */
  readonly deskRecords: readonly ReceivedDeskRecord[]
  /** What rules told, of these calls or of others. */
  readonly notices: readonly ReceivedNotice[]
  readonly cursor: Change['cursor']
  /** Whether it had happened before the stream began. */
  readonly isPast: boolean
}

/** Takes in what arrived. `written`: when it is in the store, which the next frame does not wait for. */
export type Ingest = (arrived: Arrived, context: FrameContext) => Promise<{ readonly written: Promise<void> }>

/** About ten milliseconds of work, so that a click is answered between two of them. */
const MAX_TOGETHER = 500

interface Waiting {
  received: readonly Received[]
  deskRecords: readonly ReceivedDeskRecord[]
  notices: readonly ReceivedNotice[]
  cursor: Change['cursor']
  readonly isPast: boolean
  context: FrameContext
  readonly written: Promise<void>
}

export function createIngestQueue(ingest: Ingest): IngestQueue {
  const queue = createQueue()
  /** Frames at the end of the queue, as long as nobody has begun with them. */
  let last: Waiting | undefined

  function run<T>(task: () => Promise<T>): Promise<T> {
    last = undefined
    return queue.run(task)
  }

  function wait(frame: Arrived, context: FrameContext): Waiting {
    const taken = run(() => {
      if (last === waiting) last = undefined
      return ingest(waiting, waiting.context)
    })
    const waiting: Waiting = { ...frame, context, written: taken.then(({ written }) => written) }
    return waiting
  }

  return {
    run,
    add: (frame, context) => {
      if (last !== undefined && canJoin(last, frame, context)) {
        last.received = [...last.received, ...frame.received]
        last.deskRecords = [...last.deskRecords, ...frame.deskRecords]
        last.notices = [...last.notices, ...frame.notices]
        last.cursor = frame.cursor ?? last.cursor
        last.context = context
      } else last = wait(frame, context)
      return last.written
    },
    settled: queue.settled,
  }
}

function canJoin(last: Waiting, { received, isPast }: Arrived, { isComplete }: FrameContext): boolean {
  if (!last.isPast || !isPast || last.context.isComplete !== isComplete) return false
  return last.received.length + received.length <= MAX_TOGETHER
}
