import { isOver } from '../../shared/call/end.ts'
import { Tracker } from '../../shared/call/track.ts'
import { decodeNotification } from '../../shared/protocol/notification.ts'
import { decodeStatus } from '../../shared/protocol/status.ts'
import { parseJson } from '../json.ts'
import type { EventLog } from '../log/event-log.ts'

/** A session as far as the log knows it: who has a part in it, and whether it still goes on. */
export interface KnownSession {
  /** Extension ids, queues among them, each once. */
  readonly memberIds: readonly string[]
  readonly isOver: boolean
}

/** `undefined` for a session that the log does not know. */
export async function readKnownSession(
  log: Pick<EventLog, 'headPosition' | 'readSession' | 'readSessionIndex'>,
  telephonySessionId: string,
): Promise<KnownSession | undefined> {
  const index = await log.readSessionIndex(telephonySessionId)
  if (index.length === 0) return undefined
  const memberIds = [...new Set(index.flatMap(({ extensionIds }) => extensionIds))]
  return { memberIds, isOver: isOver(await follow(log, telephonySessionId)) }
}

async function follow(log: Pick<EventLog, 'headPosition' | 'readSession'>, telephonySessionId: string) {
  const tracker = new Tracker(telephonySessionId)
  for (const { kind, text } of await log.readSession(telephonySessionId, log.headPosition + 1)) {
    if (kind === 'desk' || kind === 'act') continue
    const raw = parseJson(text)
    if (kind === 'status') {
      const decoded = decodeStatus(raw)
      if (decoded.kind === 'status') tracker.repair(decoded.status)
    } else {
      const decoded = decodeNotification(raw)
      if (decoded.kind === 'telephony') tracker.take(decoded.notification)
    }
  }
  return tracker.call
}
