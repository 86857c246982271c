/** What the browser says of its room for this extension, bytes. Either is absent where it does not say. */
export interface StorageEstimate {
  readonly usage?: number
  readonly quota?: number
}

/**
 * More than years of calls take. Newer versions of Chrome tell a quota that is always 10 GiB above the usage, whatever the disk
 * has left, so that by it alone a store would never be nearly full (seen with Chromium 156).
 */
const OWN_LIMIT_BYTES = 2_000_000_000
/** From here on the person is warned: time enough to export, or to keep less. */
const SCARCE = 0.8
/** From here on the oldest events go by themselves. */
const NEARLY_FULL = 0.9

export function isScarce(room: StorageEstimate): boolean {
  return usedShare(room) >= SCARCE
}

export function isNearlyFull(room: StorageEstimate): boolean {
  return usedShare(room) >= NEARLY_FULL
}

function usedShare({ usage = 0, quota = OWN_LIMIT_BYTES }: StorageEstimate): number {
  return usage / Math.max(1, Math.min(quota, OWN_LIMIT_BYTES))
}
