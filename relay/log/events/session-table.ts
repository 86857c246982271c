import type { SegmentIndex } from './segment-index.ts'

/** Where the last event of each session is, and who has had a party in it. */
export interface SessionTable {
  /** Takes down an event; says how far behind it the session's last one is, and who is in the session by now. */
  note(session: string, event: { readonly position: number; readonly owners: readonly string[] }): SessionNote
  /** Takes down all events of a segment, as they would have been one after the other. */
  noteSegment(firstPosition: number, index: SegmentIndex): void
  lastPositionOf(session: string): number | undefined
  /** Forgets those of the sessions that have no event after `position`. */
  forget(sessions: readonly string[], position: number): void
}

export interface SessionNote {
  /** 0 for the first. */
  readonly stepsBack: number
  readonly members: readonly string[]
}

interface Entry {
  lastPosition: number
  members: readonly string[]
}

const NOBODY: readonly string[] = []

export function createSessionTable(): SessionTable {
  const entries = new Map<string, Entry>()
  return {
    note(session, { position, owners }) {
      const entry = entries.get(session)
      if (entry === undefined) {
        entries.set(session, { lastPosition: position, members: owners })
        return { stepsBack: 0, members: owners }
      }
      const stepsBack = position - entry.lastPosition
      entry.lastPosition = position
      if (owners.some((owner) => !entry.members.includes(owner))) {
        entry.members = [...new Set([...entry.members, ...owners])]
      }
      return { stepsBack, members: entry.members }
    },
    noteSegment(firstPosition, index) {
      const known = index.sessions.map((session) => {
        const entry = entries.get(session) ?? { lastPosition: 0, members: NOBODY }
        entries.set(session, entry)
        return entry
      })
      for (let at = 0; at < index.count; at++) {
        const entry = known[index.sessionNumberOf(at)] as Entry
        entry.lastPosition = firstPosition + at
        index.forEachOwner(at, (owner) => {
          if (!entry.members.includes(owner)) entry.members = [...entry.members, owner]
        })
      }
    },
    lastPositionOf: (session) => entries.get(session)?.lastPosition,
    forget(sessions, position) {
      for (const session of sessions) {
        const entry = entries.get(session)
        if (entry !== undefined && entry.lastPosition <= position) entries.delete(session)
      }
    },
  }
}
