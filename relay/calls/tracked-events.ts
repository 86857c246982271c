import type { LoggedEvent } from '../log/event-log.ts'
import { eventJson } from '../wire/event-json.ts'

/** The events of the sessions that are tracked, as they go over the wire, and who has a part in them. */
export interface TrackedEvents {
  add(event: LoggedEvent): void
  forget(telephonySessionIds: readonly string[]): void
  sessions(): Iterable<SessionEvents>
}

export interface SessionEvents {
  /** Extensions that have a part in it, queues among them. */
  readonly memberIds: ReadonlySet<string>
  /** By position. */
  readonly events: readonly WireEvent[]
}

export interface WireEvent {
  readonly position: number
  readonly json: string
  /** Of what somebody at a desk told, which is not for everybody who sees the session. */
  readonly desk: LoggedEvent | undefined
}

export function createTrackedEvents(): TrackedEvents {
  const sessions = new Map<string, { readonly memberIds: Set<string>; readonly events: WireEvent[] }>()
  return {
    add(event) {
      const { telephonySessionId, position, extensionIds, kind } = event
      const session = sessions.get(telephonySessionId) ?? { memberIds: new Set(), events: [] }
      sessions.set(telephonySessionId, session)
      for (const id of extensionIds) session.memberIds.add(id)
      const isDesk = kind !== undefined && kind !== 'status'
      session.events.push({ position, json: eventJson(event), desk: isDesk ? event : undefined })
    },
    forget(ids) {
      for (const id of ids) sessions.delete(id)
    },
    sessions: () => sessions.values(),
  }
}
