import { createHash } from 'node:crypto'
import type { HelloMessage, User } from '../../shared/protocol/wire.ts'
import type { Settings } from '../config.ts'
import type { EventLog } from '../log/event-log.ts'

/**
 * Who sees what.
 *
 * - A supervisor sees every event, or asks for `mine`: what a member of their sessions sees whole.
 * - Under `session` visibility a member sees every event of each session in which they have a party. Nobody can know
 *   before their party appears that a session will be theirs, so when it does the session's earlier events come first. A session
 *   whose people they are put through to is theirs from then on in the same way.
 * - Under `own` visibility they see the events with a party of theirs, the other parties cut out, and what RingCentral answered
 *   about the sessions that they had a party in.
 */
export type View =
  | { readonly kind: 'account' }
  | { readonly kind: 'session'; readonly extensionId: string }
  | { readonly kind: 'own'; readonly extensionId: string }

export function viewOf(
  { role, extensionId }: User,
  { visibility }: Pick<Settings, 'visibility'>,
  wanted?: HelloMessage['view'],
): View {
  if (role !== 'supervisor') return { kind: visibility, extensionId }
  return wanted === 'mine' ? { kind: 'session', extensionId } : { kind: 'account' }
}

/** Whether the view misses no event of the sessions it shows. */
export function isComplete(view: View, { scope }: Pick<Settings, 'scope'>): boolean {
  return scope === 'account' && view.kind !== 'own'
}

/** Names what a cursor counts in: this log, seen by this person in this way. Opaque to clients. */
export function epochOf(log: Pick<EventLog, 'id'>, user: User, view: View): string {
  const parts = [log.id, user.accountId, user.extensionId, user.role, view.kind]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}

/** The epochs whose cursors count in this view: its own, and that of all that the person may see, in which nothing of it is left out. */
export function epochsOf(log: Pick<EventLog, 'id'>, user: User, view: View): readonly string[] {
  const own = epochOf(log, user, view)
  return user.role === 'supervisor' ? [own, epochOf(log, user, { kind: 'account' })] : [own]
}
