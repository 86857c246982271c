/** Nothing of a change was stored, as when there is no room on the disk; it may succeed later. */
export class NotStoredError extends Error {
  override readonly name = 'NotStoredError'
}
