import type { DisplayNumber } from '../../../shared/number/format.ts'
import type { CallNote, CardNote } from '../notes/note.ts'
import type { CardPlace } from '../settings/card-place.ts'
import type { CallAction } from './call-actions.ts'
import type { CardCall } from './card-call.ts'

/**
 * Ports from a page. `page` is the small script that is always there; `card` is the card, once injected; `numbers` reads the
 * phone numbers that the page shows, one port a frame.
 */
export const PAGE_PORT = 'page'
export const CARD_PORT = 'card'
export const NUMBERS_PORT = 'numbers'
/** From a frame in which the person has clicked a link to a number; one port a click. */
export const DIAL_PORT = 'dial'

/** What the small script tells. */
export interface PageMessage {
  readonly type: 'visibility'
  readonly isVisible: boolean
  /** Whether the person's keys go to this page. */
  readonly hasFocus: boolean
}

/** What the small script is told. `rest`: nobody is signed in, do not come back by yourself. `wake`: do, now. */
export type PageOrder = { readonly type: 'rest' } | { readonly type: 'wake' }

/** What a card is told: everything there is to draw, as the page it is on needs it. */
export interface CardSnapshot {
  readonly type: 'cards'
  /** Live calls first, then the newest first. */
  readonly calls: readonly CardCall[]
  /** When the stream broke off, ms since the epoch, browser's clock; absent while it is whole. */
  readonly lostSinceMs: number | undefined
  /** Where the person put the card on this site; `undefined`: its usual place. */
  readonly place: CardPlace | undefined
  /** Whether this page says aloud what happens: the one that was looked at last, alone. */
  readonly isAnnouncing: boolean
  /** A number on this page that the person clicked, to be called when they say so; absent when there is none. */
  readonly dial?: DialOffer | undefined
  /** No other call may stay, also where somebody is typing: nobody is signed in, or the site is no longer granted. */
  readonly isFinal?: true
}

/** A number that may be called. */
export interface DialOffer {
  /** As it is dialled: what the person agrees to is what is called. */
  readonly to: string
  /** The same for reading. */
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
  /** The same for reading. */
  readonly text: string
}

/**
 * What a card is told. `suggestions` answers `suggest`, `noteKept` answers `note`, also for a call that is on no card any more;
 * `focus`, `leave`: the person asked by a key for the card, or to be done with it.
 */
export type CardOrder =
  | CardSnapshot
  | { readonly type: 'suggestions'; readonly query: string; readonly suggestions: readonly Suggestion[] }
  | { readonly type: 'noteKept'; readonly telephonySessionId: string; readonly note: CardNote }
  | { readonly type: 'focus' }
  | { readonly type: 'leave' }

/** What a card asks. The worker decides, and what comes of it is in the next snapshot of every page. */
export type CardMessage =
  | { readonly type: 'dismiss'; readonly telephonySessionId: string }
  | { readonly type: 'fold'; readonly telephonySessionId: string; readonly isFolded: boolean }
  | { readonly type: 'move'; readonly place: CardPlace | undefined }
  /** All the calls whose cards are in use here: they have the keys, or what was typed there is not kept yet. */
  | { readonly type: 'inUse'; readonly telephonySessionIds: readonly string[] }
  | { readonly type: 'note'; readonly telephonySessionId: string; readonly note: CallNote }
  | { readonly type: 'act'; readonly telephonySessionId: string; readonly action: CallAction }
  /** Calls the other side of a call that is over. */
  | { readonly type: 'callBack'; readonly telephonySessionId: string }
  /** Goes to a record that was offered, by its address, or searches the CRM. */
  | { readonly type: 'openRecord'; readonly telephonySessionId: string; readonly url: string }
  | { readonly type: 'search'; readonly telephonySessionId: string }
  | { readonly type: 'suggest'; readonly query: string }
  /** Calls the number that was offered, or leaves it. */
  | { readonly type: 'dial'; readonly to: string }
  | { readonly type: 'leaveDial' }

/** What a card asks about calls. Where it stands and whether it is in use is a matter of its page. */
export type CallMessage = Exclude<CardMessage, { type: 'move' | 'inUse' }>

/** What the script for links to numbers tells, once: where the link leads. */
export interface DialMessage {
  readonly address: string
}

/** What it is told. `leave`: the link is the browser's affair after all. */
export type DialOrder = { readonly type: 'taken' } | { readonly type: 'leave' }

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

/** What is told of the numbers on a page. `frames`: there is another document in a frame of this one. */
export type NumbersMessage = NumbersReport | { readonly type: 'frames' }
