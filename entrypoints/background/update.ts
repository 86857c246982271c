import type { Kept } from './alerts/alerts.ts'

/**
 * A new version of the extension that waits to be taken over. Chrome would wait for the worker to rest, which it never does while
 * somebody is signed in; so it is taken over as soon as nobody is disturbed by it.
 */
export interface UpdateTaker {
  /** Chrome has a new version. */
  offer(version: string): void
  /** Tries again: what stood in its way may have changed. */
  look(): void
}

export interface UpdateOptions {
  /** The version that runs. */
  readonly version: string
  /** The version that waits, `''` for none: a worker that is ended meanwhile is not told again. */
  readonly waiting: Kept<string>
  /** Whether a restart would disturb nobody. */
  readonly isIdle: () => Promise<boolean>
  /** Starts the new version in place of this one. */
  readonly takeOver: () => void
}

export function createUpdateTaker({ version, waiting, isIdle, takeOver }: UpdateOptions): UpdateTaker {
  let isWaiting = false
  let isLooking = false

  async function look(): Promise<void> {
    if (!isWaiting || isLooking) return
    isLooking = true
    // What cannot be told now is asked again with the next change.
    const isFree = await isIdle().catch(() => false)
    isLooking = false
    if (!isFree) return
    isWaiting = false
    takeOver()
  }

  void waiting.getValue().then((offered) => {
    isWaiting ||= offered !== '' && offered !== version
    return look()
  })

  return {
    offer: (offered) => {
      isWaiting = true
      void waiting.setValue(offered)
      void look()
    },
    look: () => void look(),
  }
}
