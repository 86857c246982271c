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
