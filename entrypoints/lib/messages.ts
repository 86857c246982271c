import { defineExtensionMessaging } from '@webext-core/messaging'
import type { SubscriptionState, User } from '../../shared/protocol/wire.ts'
import type { LiveCall } from './card-facts/card-call.ts'

/** What views may ask of the background. Facts they read from the store themselves. */
interface Requests {
  getStatus(): Status
  /** Calls that are going on, the newest first. */
  getLiveCalls(): readonly LiveCall[]
  /** Checks an address and keeps it. Answers what is wrong with it, or nothing. */
  setRelay(address: string): RelayProblem | undefined
  /** Opens RingCentral's sign-in and waits for it. */
  signIn(): SignInProblem | undefined
  signOut(): void
  /** The person has the list of calls before them: none of the missed ones is news any more. */
  seeMissed(): void
  /** Puts a card away, or brings it back, in every tab. */
  setDismissed(request: { readonly telephonySessionId: string; readonly isDismissed: boolean }): void
}

export const { sendMessage, onMessage } = defineExtensionMessaging<Requests>()

/** How things stand between this browser and the relay. */
export interface Status {
  readonly relayUrl: string
  readonly user: User | undefined
  readonly connection: Connection
  readonly subscription: SubscriptionState | undefined
  /** When the relay last could not go on where this browser had stopped, ms since the epoch, browser's clock. */
  readonly holeMs: number | undefined
}

export type Connection =
  | { readonly state: 'signedOut' | 'connecting' | 'catchingUp' | 'live' }
  /** The relay no longer takes the token. */
  | { readonly state: 'unauthorised' }
  /** `sinceMs`: when the stream broke off, ms since the epoch, browser's clock. */
  | { readonly state: 'lost'; readonly sinceMs: number }

/**
 * What is wrong with a relay's address: it is no address, nobody answers there, or something other than a relay does.
 * `interrupted`, here and below: nobody knows, the worker was ended before it answered.
 */
export type RelayProblem = 'malformed' | 'unreachable' | 'notARelay' | 'interrupted'

/** Why signing in did not work. */
export type SignInProblem =
  | 'noRelay'
  | 'cancelled'
  | 'unreachable'
  | 'denied'
  | 'wrongAccount'
  | 'disabled'
  | 'notReady'
  | 'refused'
  | 'interrupted'

/** For a request that is lost because Chrome ended the worker meanwhile: the person tries again. */
export const interrupted = () => 'interrupted' as const

/** Announced to every view when something changed: ask or read again. */
export type Announcement = 'status' | 'calls'

const ANNOUNCEMENTS = 'ringside'

/** Kept open for as long as the announcer lives: a channel that is closed right after a message may lose it. */
export function createAnnouncer(): (announcement: Announcement) => void {
  const channel = new BroadcastChannel(ANNOUNCEMENTS)
  return (announcement) => channel.postMessage(announcement)
}

/** Calls `listener` at every announcement until the returned function is called. */
export function listenToAnnouncements(listener: (announcement: Announcement) => void): () => void {
  const channel = new BroadcastChannel(ANNOUNCEMENTS)
  channel.onmessage = ({ data }: MessageEvent<Announcement>) => listener(data)
  return () => channel.close()
}
