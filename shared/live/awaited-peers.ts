import type { Tracker } from '../call/track.ts'

/** Sessions that are not tracked, by the tracked ones from which a party went there. */
export interface AwaitedPeers {
  /** A party went from session `id` to `peerId`. */
  expect(peerId: string, id: string): void
  /** The session is tracked from now on; returns those from which a party went there. */
  arrive(id: string): Iterable<string>
  /** The session is no longer tracked: it awaits nothing. */
  forget(tracker: Tracker): void
  /** Awaited sessions that this has not returned before. */
  takeUnseen(): readonly string[]
}

export function createAwaitedPeers(): AwaitedPeers {
  const awaited = new Map<string, Set<string>>()
  const unseen = new Set<string>()
  return {
    expect(peerId, id) {
      const expecting = awaited.get(peerId)
      if (expecting !== undefined) expecting.add(id)
      else {
        awaited.set(peerId, new Set([id]))
        unseen.add(peerId)
      }
    },
    arrive(id) {
      const expecting = awaited.get(id)
      awaited.delete(id)
      unseen.delete(id)
      return expecting ?? []
    },
    forget({ legs, telephonySessionId }) {
      for (const { end } of legs) {
        const peerId = end?.peer?.telephonySessionId ?? ''
        const expecting = awaited.get(peerId)
        expecting?.delete(telephonySessionId)
        if (expecting?.size === 0) {
          awaited.delete(peerId)
          unseen.delete(peerId)
        }
      }
    },
    takeUnseen() {
      const ids = [...unseen]
      unseen.clear()
      return ids
    },
  }
}
