/**
 * Small durable facts that are not events: the subscription's secrets, who is signed in. Keys are paths like `session/…`;
 * values are JSON text. A write resolves when it would survive a power cut.
 */
export interface Records {
  get(key: string): Promise<string | undefined>
  put(key: string, value: string): Promise<void>
  remove(key: string): Promise<void>
  /** Values of all keys that begin with `prefix`, in order of key. */
  list(prefix: string): Promise<readonly string[]>
}
