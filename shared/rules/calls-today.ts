/**
 * The customers' calls of the last days by number: the so manieth of a number today is found by it. What counts is calls, not sessions:
 * sessions that are tied together are one. It depends on what was noted and on what is tied, not on the order.
 */
export interface CallsByNumber {
  /** A session in which somebody calls from outside. `key`: of their number; `undefined` when it is withheld after all, or nobody does. */
  note(telephonySessionId: string, key: string | undefined, startedMs: number): void
  /** The place of the call that a session is part of among those of a number that began at `sinceMs` or later, from 1. */
  countUpTo(telephonySessionId: string, key: string | undefined, sinceMs: number): number
  /** Forgets what began before. */
  forget(beforeMs: number): void
  readonly size: number
}

export interface CallsByNumberOptions {
  /** The same for all sessions that are tied together. */
  readonly callOf: (telephonySessionId: string) => string
}

export function createCallsByNumber({ callOf }: CallsByNumberOptions): CallsByNumber {
  const numbers = new Map<string, Map<string, number>>()
  const keys = new Map<string, string>()

  function drop(telephonySessionId: string): void {
    const key = keys.get(telephonySessionId)
    if (key === undefined) return
    keys.delete(telephonySessionId)
    const sessions = numbers.get(key)
    sessions?.delete(telephonySessionId)
    if (sessions?.size === 0) numbers.delete(key)
  }

  return {
    note(telephonySessionId, key, startedMs) {
      if (keys.get(telephonySessionId) !== key) drop(telephonySessionId)
      if (key === undefined) return
      keys.set(telephonySessionId, key)
      const sessions = numbers.get(key) ?? new Map<string, number>()
      numbers.set(key, sessions)
      sessions.set(telephonySessionId, startedMs)
    },
    countUpTo(telephonySessionId, key, sinceMs) {
      const sessions = numbers.get(key ?? '')
      if (sessions === undefined) return 1
      const calls = new Map<string, number>()
      for (const [id, startedMs] of sessions) {
        const call = callOf(id)
        calls.set(call, Math.min(calls.get(call) ?? startedMs, startedMs))
      }
      const own = callOf(telephonySessionId)
      const ownMs = calls.get(own) ?? sinceMs
      let before = 0
      for (const [call, startedMs] of calls) {
        const isEarlier = startedMs < ownMs || (startedMs === ownMs && call < own)
        if (call !== own && startedMs >= sinceMs && isEarlier) before++
      }
      return before + 1
    },
    forget(beforeMs) {
      for (const [id, key] of keys) if ((numbers.get(key)?.get(id) ?? 0) < beforeMs) drop(id)
    },
    get size() {
      return keys.size
    },
  }
}
