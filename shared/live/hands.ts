import type { DeskRecord, Hand } from '../protocol/desk.ts'
import type { LiveCall } from './types.ts'

/**
 * Hands that are up: who asks for help, in which session and since when. The last word in the log counts, whatever arrives
 * first. A hand is about a call, and means nothing once that is over.
 */
export interface Hands {
  /** Takes in what somebody told; `position` is its place in the log. False: it told nothing new. */
  take(desk: DeskRecord, position: number, receivedMs: number): boolean
  /** Since when the hand of an extension is up in one of these calls, ms on the relay's clock; `undefined`: it is not. */
  raisedSince(
    extensionId: string,
    calls: readonly Pick<LiveCall, 'telephonySessionId' | 'currentSessionId'>[],
  ): number | undefined
  /** Forgets the hands in sessions that have left. */
  forget(telephonySessionIds: readonly string[]): void
}

interface Told extends Pick<Hand, 'raised'> {
  readonly position: number
  readonly receivedMs: number
}

export function createHands(): Hands {
  /** By session, then by extension. */
  const told = new Map<string, Map<string, Told>>()
  return {
    take(desk, position, receivedMs) {
      if (desk.kind !== 'hand') return false
      const ofSession = told.get(desk.telephonySessionId) ?? new Map<string, Told>()
      const before = ofSession.get(desk.from)
      if (before !== undefined && before.position >= position) return false
      // Raised again is still up: it has been up since then.
      const isStillUp = desk.raised && before?.raised === true
      told.set(desk.telephonySessionId, ofSession)
      ofSession.set(desk.from, {
        raised: desk.raised,
        position,
        receivedMs: isStillUp ? before.receivedMs : receivedMs,
      })
      return true
    },
    raisedSince(extensionId, calls) {
      if (told.size === 0) return undefined
      const sessions = new Set(calls.flatMap((call) => [call.telephonySessionId, call.currentSessionId]))
      const since = [...sessions].flatMap((id) => {
        const hand = told.get(id)?.get(extensionId)
        return hand?.raised ? [hand.receivedMs] : []
      })
      return since.length === 0 ? undefined : Math.min(...since)
    },
    forget(telephonySessionIds) {
      for (const id of telephonySessionIds) told.delete(id)
    },
  }
}
