import type { LoggedEvent } from '../log/event-log.ts'
import { readNotice } from '../wire/act-record.ts'
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
  /** What it is made of, where it is not for everybody who sees the session. */
  readonly guarded: LoggedEvent | undefined
}

export function createTrackedEvents(): TrackedEvents {
  const sessions = new Map<string, { readonly memberIds: Set<string>; readonly events: WireEvent[] }>()
  return {
    add(event) {
      // Of what was done a client is told little.
      if (event.kind === 'act' && readNotice(event) === undefined) return
      const { telephonySessionId, position, extensionIds, kind } = event
      const session = sessions.get(telephonySessionId) ?? { memberIds: new Set(), events: [] }
      sessions.set(telephonySessionId, session)
      for (const id of extensionIds) session.memberIds.add(id)
      const isGuarded = kind === 'desk' || kind === 'act'
      session.events.push({ position, json: eventJson(event), guarded: isGuarded ? event : undefined })
    },
    forget(ids) {
      for (const id of ids) sessions.delete(id)
    },
    sessions: () => sessions.values(),
  }
}
