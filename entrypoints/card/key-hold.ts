import { findKeyGuard } from '../lib/page/key-guard.ts'
import { isOrphan } from '../lib/page/orphan.ts'

/**
 * Keys of somebody whose field has gone while they were typing: the rest of what they type is swallowed until they press
 * something else.
 */
export interface KeyHold {
  isHolding(): boolean
  /** Does nothing where the page has no key guard. */
  begin(): void
  end(): void
}

/** `onChange`: it has begun, or the person has pressed something else. */
export function createKeyHold(onChange: () => void): KeyHold {
  let isHolding = false

  function announce(): void {
    // An orphaned script can no longer read its messages.
    if (!isOrphan()) onChange()
  }

  return {
    isHolding: () => isHolding,
    begin: () => {
      const guard = findKeyGuard()
      if (guard === undefined || isHolding) return
      isHolding = true
      guard.hold(() => {
        isHolding = false
        announce()
      })
      announce()
    },
    end: () => {
      findKeyGuard()?.release()
      isHolding = false
    },
  }
}
