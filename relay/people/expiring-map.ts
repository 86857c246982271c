import type { Clock } from '../clock.ts'

/** Values that are taken once, within a time, and of which only so many wait: the oldest gives way. */
export interface ExpiringMap<Value> {
  put(key: string, value: Value): void
  /** Takes the value out; `undefined` when it was taken, has expired, or never was. */
  take(key: string): Value | undefined
}

export interface ExpiringMapOptions {
  readonly clock: Clock
  readonly lifeMs: number
  readonly maxEntries: number
}

export function createExpiringMap<Value>({ clock, lifeMs, maxEntries }: ExpiringMapOptions): ExpiringMap<Value> {
  // A Map keeps the order of insertion, and all live equally long: the first is always the oldest.
  const entries = new Map<string, { readonly value: Value; readonly expiresAtMs: number }>()
  return {
    put(key, value) {
      const nowMs = clock.nowMs()
      for (const [oldest, { expiresAtMs }] of entries) {
        if (expiresAtMs > nowMs && entries.size < maxEntries) break
        entries.delete(oldest)
      }
      entries.set(key, { value, expiresAtMs: nowMs + lifeMs })
    },
    take(key) {
      const entry = entries.get(key)
      entries.delete(key)
      return entry !== undefined && entry.expiresAtMs > clock.nowMs() ? entry.value : undefined
    },
  }
}
