import type { DisplayNumber } from '../../../shared/number/format.ts'
import type { Presence } from '../../../shared/protocol/http/colleagues.ts'
import type { CallNote, CardNote } from '../notes/note.ts'
import type { CardPlace } from '../settings/card-place.ts'
import type { CallAction } from './call-actions.ts'
import type { AlertApart, CardCall } from './card-call.ts'
import type { CrmChoice } from './crm.ts'

/**
 * Ports from a page. `page` is the small script that is always there; `card` is the card, once injected; `numbers` reads the
 * phone numbers that the page shows, one port a frame.
 */
export const PAGE_PORT = 'page'
export const CARD_PORT = 'card'
export const NUMBERS_PORT = 'numbers'
/** From a frame in which the person has clicked a link to a number; one port a click. */
export const DIAL_PORT = 'dial'

/** Messages from the small script. */
export interface PageMessage {
  readonly type: 'visibility'
  readonly isVisible: boolean
  /** Whether the person's keys go to this page. */
  readonly hasFocus: boolean
}

/**
 * Messages to the small script. `hello`: the port that it comes by leads to this run of the worker. `rest`: nobody is signed in, do not
 * reconnect by yourself. `wake`: reconnect now, unless there is a port to this run.
 */
export type PageCommand =
  | { readonly type: 'hello'; readonly run: string }
  | { readonly type: 'rest' }
  | { readonly type: 'wake'; readonly run: string }

/** The snapshot for a card: everything to draw on its page. */
export interface CardSnapshot {
  readonly type: 'cards'
  /** Live calls first, then the newest first. */
  readonly calls: readonly CardCall[]
  /** Alerts of rules about calls of others, the latest first; absent where there are none. */
  readonly alerts?: readonly AlertApart[]
  /** When the stream broke off, ms since the epoch, browser's clock; absent while it is whole. */
  readonly lostSinceMs: number | undefined
  /** Where the person put the card on this site; `undefined`: its usual place. */
  readonly place: CardPlace | undefined
  /** Whether this page announces changes to screen readers: only the one that was viewed last does. */
  readonly isAnnouncing: boolean
  /** A number on this page that the person clicked, to be called when they say so; absent when there is none. */
  readonly dial?: DialOffer | undefined
  /** Whether all other cards must go, even ones in use: nobody is signed in, or the site is no longer granted. */
  readonly isFinal?: true
}

/** A number that may be called. */
export interface DialOffer {
  /** As it is dialled: what the person agrees to is what is called. */
  readonly to: string
  /** Formatted for reading. */
  readonly number: DisplayNumber
  /** What the phone that rings first is called; `undefined` while that is not known. */
  readonly deviceName: string | undefined
  /** It was asked for, and no event has shown the call yet. */
  readonly isPending: boolean
  /** Why it cannot be called, or was not, as a sentence. */
  readonly refusal: string | undefined
}

/** Somebody to forward or transfer to, as the person may pick them. */
export interface Suggestion {
  readonly name: string
  /** As it is dialled: a number or a short extension. */
  readonly to: string
  /** Formatted for reading. */
  readonly text: string
  /** What they are doing, of a colleague; absent where that is not known. */
  readonly presence?: Presence | undefined
}

/**
 * Messages to a card. `suggestions` answers `suggest`, and `noteKept` answers `note`, also for a call that is no longer
 * on a card. `focus` and `leave`: the person used a shortcut to enter the card or to leave it.
 */
export type CardCommand =
  | CardSnapshot
  | { readonly type: 'suggestions'; readonly query: string; readonly suggestions: readonly Suggestion[] }
  | { readonly type: 'noteKept'; readonly telephonySessionId: string; readonly note: CardNote }
  | { readonly type: 'focus' }
  | { readonly type: 'leave' }

/** Requests of a card. The worker decides, and the result is in the next snapshot of every page. */
export type CardMessage =
  | { readonly type: 'dismiss'; readonly telephonySessionId: string }
  | { readonly type: 'fold'; readonly telephonySessionId: string; readonly isFolded: boolean }
  | { readonly type: 'move'; readonly place: CardPlace | undefined }
  /** All the calls whose cards are in use here: they have the keys, or what was typed there is not kept yet. */
  | { readonly type: 'inUse'; readonly telephonySessionIds: readonly string[] }
  | { readonly type: 'note'; readonly telephonySessionId: string; readonly note: CallNote }
  | { readonly type: 'act'; readonly telephonySessionId: string; readonly action: CallAction }
  /** Calls the other side of a call that is over. `deviceId`: the phone that rings first, now that the person was asked. */
  | { readonly type: 'callBack'; readonly telephonySessionId: string; readonly deviceId?: string | undefined }
  /** Goes to a record that was offered, by its address, or searches the CRM. */
  | { readonly type: 'openRecord'; readonly telephonySessionId: string; readonly url: string }
  | { readonly type: 'search'; readonly telephonySessionId: string }
  /** Goes to a page of the CRM that the relay told of, and decides about the record of a call that is over. */
  | { readonly type: 'openCrm'; readonly telephonySessionId: string; readonly url: string }
  | { readonly type: 'chooseCrm'; readonly telephonySessionId: string; readonly choice: CrmChoice }
  /** Whom to give this call to; never its own other side. */
  | { readonly type: 'suggest'; readonly telephonySessionId: string; readonly query: string }
  /** Keeps the other side of a call as a contact of this name. */
  | { readonly type: 'nameCaller'; readonly telephonySessionId: string; readonly name: string }
  /** Calls the number that was offered, or leaves it. */
  | { readonly type: 'dial'; readonly to: string }
  | { readonly type: 'leaveDial' }
  /** Puts an alert away. */
  | { readonly type: 'leaveAlert'; readonly name: string }
  /** Tries to reach the relay now. */
  | { readonly type: 'reconnect' }

/** What a card asks about calls. Where it stands and whether it is in use is a matter of its page; the relay is everybody's. */
export type CallMessage = Exclude<CardMessage, { type: 'move' | 'inUse' | 'reconnect' }>

/** The one message of the script for links to numbers: where the link leads. */
export interface DialMessage {
  readonly address: string
}

/** Messages to it. `leave`: the browser should open the link after all. */
export type DialCommand = { readonly type: 'taken' } | { readonly type: 'leave' }

/** Something on a page that may be a phone number, as it is written there. */
export interface NumberCandidate {
  readonly text: string
  /** `link`: the address of a link to a number; `field`: in a field for one; `text`: somewhere in what can be read. */
  readonly source: 'link' | 'field' | 'text'
}

/** What one frame of a page shows. */
export interface NumbersReport {
  readonly type: 'numbers'
  readonly url: string
  readonly title: string
  readonly candidates: readonly NumberCandidate[]
}

/** Messages about the numbers on a page. `frames`: a frame of this page has loaded another document. */
export type NumbersMessage = NumbersReport | { readonly type: 'frames' }
