import { SECOND_MS } from '../time.ts'
import { isSameAct, type TakenAct } from './taken-acts.ts'

/** What is remembered of each session beside its history: how fresh what is known of it is, and what rules did in it. */
export interface SessionMemories {
  of(telephonySessionId: string): SessionMemory
  /** Nothing is done any more in those of which nothing was received since then, until they are heard of again. */
  sleepSince(receivedMs: number): void
  forget(telephonySessionId: string): void
}

export interface SessionMemory {
  /** Whether the latest that is known of the session was received in time, so that something can be done in it. */
  readonly isFresh: boolean
  readonly taken: readonly TakenAct[]
  /** Something was received of a moment; ms since the epoch. Whether it was in time. */
  noteMoment(atMs: number, receivedMs: number): boolean
  sleep(): void
  /** The two records of an act may come in any order: what came of it stays. */
  noteTaken(act: TakenAct): void
  takeBack(act: TakenAct): void
}

/** What was under way for longer is of the past. */
export const PAST_AFTER_MS = 30 * SECOND_MS

export function createSessionMemories(): SessionMemories {
  const memories = new Map<string, Memory>()
  return {
    of(telephonySessionId) {
      const known = memories.get(telephonySessionId)
      if (known !== undefined) return known
      const memory = new Memory()
      memories.set(telephonySessionId, memory)
      return memory
    },
    sleepSince(receivedMs) {
      for (const memory of memories.values()) if (memory.receivedMs < receivedMs) memory.sleep()
    },
    forget(telephonySessionId) {
      memories.delete(telephonySessionId)
    },
  }
}

class Memory implements SessionMemory {
  isFresh = false
  receivedMs = Number.NEGATIVE_INFINITY
  readonly taken: TakenAct[] = []
  private latestMs = Number.NEGATIVE_INFINITY

  noteMoment(atMs: number, receivedMs: number): boolean {
    const isInTime = receivedMs - atMs <= PAST_AFTER_MS
    if (atMs > this.latestMs) this.isFresh = isInTime
    else if (atMs === this.latestMs) this.isFresh ||= isInTime
    this.latestMs = Math.max(this.latestMs, atMs)
    this.receivedMs = Math.max(this.receivedMs, receivedMs)
    return isInTime
  }

  sleep(): void {
    this.isFresh = false
  }

  noteTaken(act: TakenAct): void {
    const at = this.taken.findIndex((known) => isSameAct(known, act))
    if (at === -1) this.taken.push(act)
    else if (act.outcome !== undefined) this.taken[at] = act
  }

  takeBack(act: TakenAct): void {
    const at = this.taken.findIndex((known) => isSameAct(known, act))
    if (at !== -1) this.taken.splice(at, 1)
  }
}
