import { createHash } from 'node:crypto'
import type { HelloMessage, Watches } from '../../shared/protocol/wire.ts'
import type { Settings } from '../config.ts'
import { addressee } from '../log/addressee.ts'
import type { EventLog } from '../log/event-log.ts'
import type { UserWithRights } from './rights.ts'
import { watchesAll, watchesNothing } from './watches.ts'

/**
 * Who sees what.
 *
 * - Who watches the whole account sees every event, or asks for `mine`: what a member of their sessions sees whole.
 * - Under `session` visibility a member sees every event of each session in which they have a party. Nobody can know
 *   before their party appears that a session will be theirs, so when it does the session's earlier events come first. A session
 *   whose people they are put through to is theirs from then on in the same way.
 * - Under `own` visibility they see the events with a party of theirs, the other parties cut out, and what RingCentral answered
 *   about the sessions that they had a party in.
 * - Who watches others sees in `watched` what these see under `session` visibility, and a queue is like a person in that.
 *
 * A whisper is seen by its two ends alone, whatever else they see. What a rule did is told to who watches the call, and to whom it
 * sent the call or alerts, who sees nothing else of the session by that.
 */
export type View = {
  /** Whose view it is. */
  readonly extensionId: string
} & (
  | { readonly kind: 'account' | 'session' | 'own' }
  | { readonly kind: 'watched'; readonly watched: ReadonlySet<string> }
)

/** The view that a hello asks for; `undefined` where somebody asks for what they watch and watches nothing. */
export function viewOf(
  { watches, extensionId }: UserWithRights,
  { visibility }: Pick<Settings, 'visibility'>,
  wanted?: HelloMessage['view'],
): View | undefined {
  if (watchesAll(watches)) return { kind: wanted === 'mine' ? 'session' : 'account', extensionId }
  if (wanted !== 'watched') return { kind: visibility, extensionId }
  return watchesNothing(watches) ? undefined : { kind: 'watched', extensionId, watched: listWatched(watches) }
}

function listWatched({ extensions, queues }: Watches): ReadonlySet<string> {
  return new Set([...(extensions === 'all' ? [] : extensions), ...(queues === 'all' ? [] : queues)])
}

/**
 * By which `extensionIds` the log's records for a view are found: those whose parts make a session visible in it, and whom it is
 * that notices are addressed to. `undefined`: all are for it.
 */
export function ownersWanted(view: View): ReadonlySet<string> | undefined {
  if (view.kind === 'account') return undefined
  return view.kind === 'watched' ? view.watched : new Set([view.extensionId, addressee(view.extensionId)])
}

/** Whether the view misses no event of the sessions it shows. */
export function isComplete(view: View, { scope }: Pick<Settings, 'scope'>): boolean {
  return scope === 'account' && view.kind !== 'own'
}

/**
 * Names what a cursor counts in: this log, seen by this person in this way. Opaque to clients. What somebody sees of their own
 * calls is not another because they watch others now; what they watch is another with everybody who is added or taken away.
 */
export function epochOf(log: Pick<EventLog, 'id'>, user: UserWithRights, view: View): string {
  const role = watchesAll(user.watches) ? 'supervisor' : 'agent'
  const watched = view.kind === 'watched' ? [[...view.watched].sort()] : []
  const parts = [log.id, user.accountId, user.extensionId, role, view.kind, ...watched]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}

/** The epochs whose cursors count in this view: its own, and that of all that the person may see, in which nothing of it is left out. */
export function epochsOf(log: Pick<EventLog, 'id'>, user: UserWithRights, view: View): readonly string[] {
  const own = epochOf(log, user, view)
  return watchesAll(user.watches)
    ? [own, epochOf(log, user, { kind: 'account', extensionId: user.extensionId })]
    : [own]
}
