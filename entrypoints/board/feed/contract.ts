import type { ExtensionLive, ExtensionStanding, QueueLive } from '../../../shared/live/types.ts'
import type { ActNotice } from '../../../shared/protocol/act.ts'
import type { DirectoryPerson, DirectoryQueue } from '../../../shared/protocol/http/directory.ts'
import type { Refusal } from '../../lib/relay/relay-client.ts'

/**
 * What the board's page and its feed say to each other. The feed is a worker of the page's own: it keeps the stream and the
 * fold, so that the page only draws, and a page that nobody looks at stays as exact as one on the wall.
 */
export type FeedOrder =
  /** Begins, with whoever is signed in; what was shown before is void. */
  | { readonly type: 'follow'; readonly relayUrl: string; readonly token: string; readonly client: string }
  /** Connects now instead of at the next attempt. */
  | { readonly type: 'hurry' }

/** What has changed since the feed told last. */
export interface FeedNews {
  readonly connection?: BoardConnection
  /** A snapshot was taken: everything told before is void, and all rows are in `extensions` and `queues`. */
  readonly account?: BoardAccount
  readonly extensions?: readonly ExtensionRow[]
  readonly queues?: readonly QueueLive[]
  /** All that rules have told of the calls that go on. */
  readonly notices?: readonly RuleNotice[]
  /** How far the platform's clock is ahead of this computer's, ms: since when something is so is told by the former. */
  readonly aheadMs?: number
}

export type BoardConnection =
  | { readonly state: 'connecting' | 'catchingUp' | 'live' }
  /** The relay no longer takes the token. */
  | { readonly state: 'unauthorised' }
  /** There is nobody and no queue that the person watches, or no longer. */
  | { readonly state: 'watchesNobody' }
  /** Since then what is shown is old, ms by this computer's clock; `refusal`: what the relay said, where it said anything. */
  | { readonly state: 'lost'; readonly sinceMs: number; readonly refusal: Refusal | undefined }

/** What does not come from events. */
export interface BoardAccount {
  /** Of the account, an IANA name: its midnight begins the day. */
  readonly timeZone: string
  /** The last midnight there, ms since the epoch. */
  readonly sinceMs: number
  /** By extension id, as RingCentral's directory has them; empty where it could not be read. */
  readonly people: Readonly<Record<string, DirectoryPerson>>
  readonly queues: Readonly<Record<string, DirectoryQueue>>
}

/** What a rule has told of a call, and when the relay had it, ms on its clock. */
export interface RuleNotice {
  readonly act: ActNotice
  readonly receivedMs: number
}

/** An extension, with what it is doing by now. */
export interface ExtensionRow extends ExtensionLive {
  readonly standing: ExtensionStanding
  /** Since when its hand is up, ms on the relay's clock; `undefined`: it is not. */
  readonly handSinceMs: number | undefined
}
