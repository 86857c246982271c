import type { TrackedCall } from '../../../shared/call/track.ts'

/**
 * Which sessions are tied together, as far as it is known. A party that goes to another session says so where it leaves, so a
 * session has to be told of those that came to it.
 */
export interface LinkedSessions {
  /** Notes what a session says of others. */
  note(tracked: TrackedCall): void
  /** The sessions that one is tied to, from either side. */
  of(telephonySessionId: string): readonly string[]
  /** What is told of them before their events are read. */
  join(telephonySessionId: string, others: readonly string[]): void
  /** A session has left memory: what it said is in the store. */
  forget(telephonySessionId: string): void
}

export function createLinkedSessions(): LinkedSessions {
  const links = new Map<string, Set<string>>()

  function add(from: string, to: string): void {
    const known = links.get(from) ?? new Set()
    links.set(from, known)
    known.add(to)
  }

  function join(id: string, others: readonly string[]): void {
    for (const other of others) {
      if (other === id) continue
      add(id, other)
      add(other, id)
    }
  }

  return {
    note: ({ call: { telephonySessionId, legs } }) => {
      for (const { end } of legs) {
        const peerId = end?.peer?.telephonySessionId
        if (peerId !== undefined) join(telephonySessionId, [peerId])
      }
    },
    of: (id) => [...(links.get(id) ?? [])],
    join,
    forget: (id) => {
      links.delete(id)
    },
  }
}
