import type { ActionKind } from '../../../shared/call/action-kinds.ts'

/** What a person may ask of a call; the relay and the platform decide. `to` is what was typed or picked: a number, or a short extension. */
export type CallAction =
  | {
      readonly kind: PhoneKind
      readonly deviceId: string
      /** The call that goes on is put on hold first; only with `answer`. */
      readonly isHoldingFirst?: true | undefined
    }
  | { readonly kind: NumberKind; readonly to: string }
  /** `deviceId`: the phone that rings, now that the person was asked. */
  | { readonly kind: 'askFirst'; readonly to: string; readonly deviceId?: string | undefined }
  | { readonly kind: Exclude<ActionKind, PhoneKind | NumberKind | 'askFirst'> }

type PhoneKind = Extract<ActionKind, 'answer' | 'pickUp'>
type NumberKind = Extract<ActionKind, 'forward' | 'transfer'>

/** What there is to do with a call now. */
export interface OfferedActions {
  /** What its state and the person's rights allow, in the order in which to offer it. */
  readonly kinds: readonly ActionKind[]
  /** Asked for, and not confirmed by an event yet. */
  readonly pending: readonly (ActionKind | 'callBack')[]
  /** Why the last one was refused, as a sentence; until the next is asked for. */
  readonly refusal: string | undefined
  /** Phones of the person that can take the call, where `answer` or `pickUp` is offered. */
  readonly devices: readonly OfferedDevice[]
  /** Whether answering puts another call on hold first: the person talks on it. */
  readonly isHoldingFirst: boolean
  /** The caller about whom the person asks somebody in this call, by name or number as it is to be read; absent: it is no question. */
  readonly questionFor?: string | undefined
  /** Whether the other side can be called, now that the call is over. */
  readonly canCallBack: boolean
  /**
   * Phones of the person of which one rings first when they call somebody, back or to ask them about the call, as long as they have
   * several, have not chosen one, and none has the call already.
   */
  readonly undecidedPhones: readonly OfferedDevice[]
}

export interface OfferedDevice {
  readonly id: string
  readonly name: string
}

/** What came of asking to call somebody. */
export type CallOutAnswer =
  /** RingCentral has accepted it: the user's phone rings. */
  | { readonly kind: 'placed' }
  /** The user is to say which of their phones rings first. */
  | { readonly kind: 'askPhone'; readonly phones: readonly OfferedDevice[] }
  /** `sentence`: why, for the person. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** Not known, because nobody is signed in any more or the worker was ended: the call will show it. */
  | { readonly kind: 'interrupted' }

export const NO_ACTIONS: OfferedActions = {
  kinds: [],
  pending: [],
  refusal: undefined,
  devices: [],
  isHoldingFirst: false,
  canCallBack: false,
  undecidedPhones: [],
}
