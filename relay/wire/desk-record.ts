import type { DeskRecord } from '../../shared/protocol/desk.ts'
import type { LoggedEvent, NewEvent } from '../log/event-log.ts'

/** The record for the log. It makes no one a member of the session. */
export function deskEvent(record: DeskRecord, receivedAtMs: number): NewEvent {
  return {
    uuid: undefined,
    kind: 'desk',
    telephonySessionId: record.telephonySessionId,
    extensionIds: [],
    receivedAtMs,
    text: JSON.stringify(record),
  }
}

/** `undefined` for an event of another kind. */
export function decodeDesk({ kind, text }: Pick<LoggedEvent, 'kind' | 'text'>): DeskRecord | undefined {
  // The relay wrote it, and the log vouches for every byte.
  return kind === 'desk' ? (JSON.parse(text) as DeskRecord) : undefined
}

/** Whether a user who sees the session may see this record: a whisper is for its two ends only. */
export function mayHear(event: Pick<LoggedEvent, 'kind' | 'text'>, extensionId: string): boolean {
  const desk = decodeDesk(event)
  return desk?.kind !== 'whisper' || desk.from === extensionId || desk.to === extensionId
}
