import type { ActionKind } from '../../../shared/call/action-kinds.ts'
import type { RefusalCode } from '../../lib/relay/relay-client.ts'

/** What RingCentral does not allow this person, as far as it has said so: that is not offered again until the next sign-in. */
export interface Rights {
  isDenied(asked: AskedKind): boolean
  /** Learns from a refusal; gives whether it was about rights. */
  learn(asked: AskedKind, code: RefusalCode): boolean
}

export type AskedKind = ActionKind | 'callBack'

/** Where denied actions are kept while the worker sleeps: until the browser closes or somebody signs in. */
export interface KeptRights {
  getValue(): Promise<readonly DeniedKind[]>
  setValue(denied: readonly DeniedKind[]): Promise<void>
}

/** `everything`: it is the app that lacks the permission, and all of this takes the same one. */
export type DeniedKind = AskedKind | 'everything'

/** Kept rights are read once, and `onRead` tells when they are known. */
export function createRights(kept: KeptRights, onRead: () => void): Rights {
  const denied = new Set<DeniedKind>()
  void kept.getValue().then((before) => {
    for (const kind of before) denied.add(kind)
    if (before.length > 0) onRead()
  })
  return {
    isDenied: (asked) => denied.has('everything') || denied.has(asked),
    learn: (asked, code) => {
      if (!ABOUT_RIGHTS.has(code)) return false
      denied.add(code === 'app_permission_missing' ? 'everything' : asked)
      void kept.setValue([...denied])
      return true
    },
  }
}

const ABOUT_RIGHTS: ReadonlySet<RefusalCode> = new Set([
  'permission_missing',
  'app_permission_missing',
  'supervisors_only',
])
