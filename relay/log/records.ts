/**
 * Small durable facts that are not events: the subscription's secrets, who is signed in. Keys are paths like `session/…`;
 * values are JSON text. A write resolves when it would survive a power cut.
 */
export interface Records {
  get(key: string): Promise<string | undefined>
  put(key: string, value: string): Promise<void>
  /** Puts `value` where `before` is; false where something else is by now, or nothing, and then nothing is put. */
  replace(key: string, before: string, value: string): Promise<boolean>
  remove(key: string): Promise<void>
  /** Values of all keys that begin with `prefix`, in order of key. */
  list(prefix: string): Promise<readonly string[]>
  /** All of them, by key. */
  entries(): Promise<ReadonlyMap<string, string>>
  /**
   * Calls `listener` with what another relay has put, or with no value what it has removed. Records that are this process's own are
   * changed by nobody else.
   */
  onChangedElsewhere(listener: (key: string, value: string | undefined) => void): void
}
