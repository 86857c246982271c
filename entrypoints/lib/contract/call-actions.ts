/** What a person may ask of a call; the relay and the platform decide. `to` is what was typed or picked: a number, or a short extension. */
export type CallAction =
  | { readonly kind: 'answer'; readonly deviceId: string }
  | { readonly kind: 'decline' }
  | { readonly kind: 'voicemail' }
  | { readonly kind: 'forward'; readonly to: string }
  | { readonly kind: 'hold' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'mute' }
  | { readonly kind: 'unmute' }
  | { readonly kind: 'transfer'; readonly to: string }
  | { readonly kind: 'park' }
  | { readonly kind: 'record' }
  | { readonly kind: 'pauseRecording' }
  /** Asks whoever watches the person for help in this call, and takes that back. */
  | { readonly kind: 'raiseHand' }
  | { readonly kind: 'lowerHand' }
  | { readonly kind: 'hangUp' }
  /** Fetches a parked call back. */
  | { readonly kind: 'pickUp'; readonly deviceId: string }

export type ActionKind = CallAction['kind']

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
  /** Whether the other side can be called, now that the call is over. */
  readonly canCallBack: boolean
}

export interface OfferedDevice {
  readonly id: string
  readonly name: string
}

export const NO_ACTIONS: OfferedActions = {
  kinds: [],
  pending: [],
  refusal: undefined,
  devices: [],
  canCallBack: false,
}
