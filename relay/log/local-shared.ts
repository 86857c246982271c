import type { Clock } from '../../shared/clock.ts'
import { createQueue, type Queue } from '../../shared/queue.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Shared, Tally } from './storage.ts'

/** What a relay has to itself where there is no other. */
export function createLocalShared(clock: Pick<Clock, 'elapsedMs'>): Shared {
  const kept = new Map<string, { readonly value: string; readonly untilMs: number }>()
  const queues = new Map<string, Queue>()

  function find(key: string): string | undefined {
    const nowMs = clock.elapsedMs()
    for (const [old, { untilMs }] of kept) if (untilMs <= nowMs) kept.delete(old)
    return kept.get(key)?.value
  }

  return {
    async hand(key, value, lifeMs) {
      kept.set(key, { value, untilMs: clock.elapsedMs() + lifeMs })
    },
    async take(key) {
      const value = find(key)
      kept.delete(key)
      return value
    },
    async claim(key, lifeMs) {
      if (find(key) !== undefined) return false
      kept.set(key, { value: '', untilMs: clock.elapsedMs() + lifeMs })
      return true
    },
    async exclusively(name, task) {
      const queue = queues.get(name) ?? createQueue()
      queues.set(name, queue)
      const done = queue.run(task)
      const settled = queue.settled()
      void settled.then(() => {
        if (queue.settled() === settled) queues.delete(name)
      })
      return done
    },
    tally: () => createLocalTally(clock),
    tell: () => undefined,
    onTold: () => undefined,
  }
}

/** Counts of the last minute, to the millisecond. Callers limit how many there are before they add one. */
export function createLocalTally(clock: Pick<Clock, 'elapsedMs'>): Tally {
  const counts = new Map<string, number>()
  /** The oldest first. */
  const all: { readonly key: string; readonly atMs: number }[] = []

  function forgetOld(): void {
    const sinceMs = clock.elapsedMs() - MINUTE_MS
    for (let oldest = all[0]; oldest !== undefined && oldest.atMs <= sinceMs; oldest = all[0]) {
      all.shift()
      change(oldest.key, -1)
    }
  }

  function change(key: string, by: number): number {
    const count = (counts.get(key) ?? 0) + by
    if (count === 0) counts.delete(key)
    else counts.set(key, count)
    return count
  }

  return {
    async add(key) {
      forgetOld()
      all.push({ key, atMs: clock.elapsedMs() })
      return change(key, 1)
    },
    async of(key) {
      forgetOld()
      return counts.get(key) ?? 0
    },
  }
}
