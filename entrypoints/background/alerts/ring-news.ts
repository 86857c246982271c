import type { News } from '../../../shared/call/difference.ts'
import { createQueue } from '../../../shared/queue.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { Kept } from './alerts.ts'

/**
 * What a person is told of calls as they change, and that a phone rings also when nobody could tell as it began: the stream was
 * down, the worker ended, the relay restarting. Each call once, however often the worker is ended meanwhile.
 */
export interface RingNews {
  /** Something has happened to a call, just now. */
  tell(row: CallRow, news: readonly News[]): void
  /** The stream is live again, and these are the calls as they are: tells of those that ring, and of those that no longer do. */
  catchUp(rows: readonly CallRow[]): void
}

export interface RingNewsOptions {
  /** Ids of the calls that ring and that the person was told of. */
  readonly shown: Kept<readonly string[]>
  /** A call that is on no card any more. */
  readonly findCall: (telephonySessionId: string) => Promise<CallRow | undefined>
  readonly onNews: (row: CallRow, news: readonly News[]) => void
}

export function createRingNews({ shown, findCall, onNews }: RingNewsOptions): RingNews {
  // In order: what was told is written down before the next is looked at.
  const notes = createQueue()

  function enqueue(task: () => Promise<void>): void {
    // Without its memory the worker tells rather once too often than never.
    notes.run(task).catch(() => undefined)
  }

  async function remember(row: CallRow): Promise<void> {
    const before = await shown.getValue()
    const id = row.telephonySessionId
    const isRinging = row.phase === 'ringing'
    if (before.includes(id) === isRinging) return
    await shown.setValue(isRinging ? [...before, id] : before.filter((one) => one !== id))
  }

  async function compare(rows: readonly CallRow[]): Promise<void> {
    const before = await shown.getValue()
    const ringing = rows.filter(({ phase, isDismissed }) => phase === 'ringing' && !isDismissed)
    const ids = ringing.map(({ telephonySessionId }) => telephonySessionId)
    await shown.setValue(ids)
    for (const row of ringing) if (!before.includes(row.telephonySessionId)) onNews(row, ['ringing'])
    for (const id of before.filter((one) => !ids.includes(one))) {
      const row = rows.find(({ telephonySessionId }) => telephonySessionId === id) ?? (await findCall(id))
      if (row !== undefined) onNews(row, [row.missedUnseen === 1 ? 'missed' : 'ended'])
    }
  }

  return {
    tell: (row, news) => {
      onNews(row, news)
      enqueue(() => remember(row))
    },
    catchUp: (rows) => enqueue(() => compare(rows)),
  }
}
