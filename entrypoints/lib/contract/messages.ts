import { defineExtensionMessaging } from '@webext-core/messaging'
import type { Capability } from '../../../shared/protocol/http/capabilities.ts'
import type { SubscriptionState, User } from '../../../shared/protocol/wire.ts'
import type { CallNote } from '../notes/note.ts'
import type { Contact } from '../store/schema.ts'
import type { StoreOwner } from '../store/store-name.ts'
import type { CallAction, CallOutAnswer, OfferedDevice } from './call-actions.ts'
import type { AlertApart, LiveCall } from './card-call.ts'
import type { CrmChoice, CrmChoiceResult, CrmRecordsQuery, CrmRecordsReport, CrmReport } from './crm.ts'
import type { Suggestion } from './ports.ts'

/** Requests from views to the background. Stored facts they read from the store themselves. */
interface Requests {
  getStatus(): Status
  /** Calls that are going on, the newest first. */
  getLiveCalls(): readonly LiveCall[]
  /** Alerts of rules about calls in which the person has no part, the latest first. */
  getAlerts(): readonly AlertApart[]
  /** Puts one away, on every page. */
  leaveAlert(name: string): void
  /** Checks an address or an invitation's link and keeps it, with what the relay says about the company, unless the person is signed in at another relay. Answers what is wrong, or nothing. */
  setRelay(address: string): RelayProblem | 'signedInElsewhere' | undefined
  /** The same for a person who is signed in: they have agreed to be signed out there. */
  changeRelay(address: string): RelayProblem | undefined
  /** Opens RingCentral's sign-in and waits for it. */
  signIn(): SignInProblem | undefined
  signOut(): void
  /** Called when the person sees the list of calls: missed ones are no longer new. */
  seeMissed(): void
  /** Rings a made-up call on every page that may show one. Answers why not, or nothing. `busy`: a real call is going on. */
  playSample(): 'busy' | undefined
  /** Plays the ring sound one time. Answers why not, or nothing. `ringing`: it is to be heard already, for a call rings. */
  playRing(): 'ringing' | undefined
  /** Carries out an action on a running call; its result comes with the live calls. */
  act(request: { readonly telephonySessionId: string; readonly action: CallAction }): void
  /** Suggestions of whom to give a running call to, for the typed text; never its own other side. */
  suggest(request: { readonly telephonySessionId: string; readonly query: string }): readonly Suggestion[]
  /** Calls a number. `deviceId`: the phone that rings first, now that the person was asked. */
  callOut(request: { readonly to: string; readonly deviceId?: string | undefined }): CallOutAnswer
  /** Tries to reach the relay now, where the stream is down. */
  reconnect(): void
  /** The person's phones that can take a call now. */
  getDevices(): readonly OfferedDevice[]
  /** Asks the relay how it went when things were last tried at RingCentral, for the account and for the person. */
  getCapabilities(): CapabilityReport
  /** Keeps what the person wrote about a call, whenever it was. Answers why it could not be kept, or nothing. */
  writeNote(request: { readonly telephonySessionId: string; readonly note: CallNote }): StoringProblem | undefined
  /** Changes the person's contacts. Answers why that could not be done, or nothing. */
  changeContacts(change: ContactsChange): StoringProblem | undefined
  /** Wipes what is kept of a person, whoever is signed in. Answers why that could not be done, or nothing. */
  wipe(owner: StoreOwner): 'refused' | undefined
  /** Asks the relay which CRM it has, and how the connection stands. */
  getCrm(): CrmReport
  /** Asks it for records of calls in the CRM. */
  getCrmRecords(query: CrmRecordsQuery): CrmRecordsReport
  /** Decides about a record. */
  chooseCrmRecord(request: { readonly key: string; readonly choice: CrmChoice }): CrmChoiceResult
  /** Opens the CRM's own form for a new contact with this number. Answers why not, or nothing. */
  openNewCrmContact(number: string): 'none' | undefined
  /** Opens the CRM's sign-in and waits for it. Both answer why that did not work, as a sentence, or nothing. */
  connectCrm(): string | undefined
  disconnectCrm(): string | undefined
  /** Puts the card back to its usual place on all sites. */
  resetCardPlaces(): undefined
  /** Puts a card away, or brings it back, in every tab. */
  setDismissed(request: { readonly telephonySessionId: string; readonly isDismissed: boolean }): void
}

/** One handler for each request, with what it is asked and what it answers. */
export type RequestHandlers = {
  readonly [Name in keyof Requests]: (
    ...asked: Parameters<Requests[Name]>
  ) => ReturnType<Requests[Name]> | Promise<ReturnType<Requests[Name]>>
}

export const { sendMessage, onMessage } = defineExtensionMessaging<Requests>()

/** The state of the connection between this browser and the relay. */
export interface Status {
  /** Where the person is signed in, or would sign in. */
  readonly relayUrl: string
  readonly user: User | undefined
  readonly connection: Connection
  readonly subscription: SubscriptionState | undefined
  /** When the relay last could not go on where this browser had stopped, ms since the epoch, browser's clock. */
  readonly gapNoticedMs: number | undefined
  /** Calls are shown and not kept, because the browser's store is full or broken. */
  readonly isStoreRefusing: boolean
  /** The browser's storage is nearly full; when it is, the oldest events are deleted first. */
  readonly isStoreScarce: boolean
  /** While catching up, how much has been taken in, 0 to 1. */
  readonly progress: number | undefined
}

export type Connection =
  | { readonly state: 'signedOut' | 'connecting' | 'catchingUp' | 'live' }
  /** The relay no longer takes the token. */
  | { readonly state: 'unauthorised' }
  /** `sinceMs`: when the stream broke off, ms since the epoch, browser's clock. */
  | { readonly state: 'lost'; readonly sinceMs: number }

/** What the relay tells of RingCentral's capabilities, or why it tells nothing. */
export type CapabilityReport =
  | { readonly kind: 'given'; readonly capabilities: readonly Capability[] }
  /** `away`: no answer; `otherVersion`: the relay does not know the question, or this version does not know the answer. */
  | { readonly kind: 'signedOut' | 'away' | 'otherVersion' | 'interrupted' }
  /** `sentence`: why, for the person. */
  | { readonly kind: 'refused'; readonly code: string; readonly sentence: string }

/**
 * What is wrong with a relay's address: not an address, no answer, or an answer from something else. `noAnswerToHost`: no answer
 * where a name without `https://` was typed. `interrupted`,
 * here and below: not known, because the worker was ended before it answered.
 */
export type RelayProblem = 'malformed' | 'unreachable' | 'noAnswerToHost' | 'notARelay' | 'interrupted'

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
  | 'storeRefuses'
  | 'interrupted'

/** `put` adds contacts or replaces those of the same id; `tag` gives one these tags and no others. */
export type ContactsChange =
  | { readonly kind: 'put'; readonly contacts: readonly Contact[] }
  | { readonly kind: 'tag'; readonly id: string; readonly tags: readonly string[] }
  | { readonly kind: 'remove'; readonly id: string }
  /** Those that were read in another country are meant as numbers of the person's. */
  | { readonly kind: 'readAgain' }
  | { readonly kind: 'removeAll' }

/** Why something was not kept. `refused`: the browser's store does not take it, because it is full or blocked. */
export type StoringProblem = 'signedOut' | 'unknownCall' | 'refused' | 'interrupted'

/** The answer to a request that was lost because Chrome ended the worker: the person tries again. */
export const interrupted = () => 'interrupted' as const

/** Announced to every view when something changed: ask or read again. */
export type Announcement = 'status' | 'calls' | 'contacts' | 'notes' | 'crm'

const ANNOUNCEMENTS = 'ringside'

/** Kept open while the announcer lives: closing a channel right after a message may lose it. */
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
