import * as v from 'valibot'
import {
  exactlyOneOf,
  extensionId,
  extensionNumber,
  flag,
  opaqueId,
  parkOrbit,
  phoneNumber,
  replyPattern,
  replyText,
} from './fields.ts'

const NOTHING = v.object({})
const target = { phoneNumber, extensionNumber, extensionId, voicemail: extensionId }

/**
 * Bodies of `POST /v1/sessions/:sid/parties/:pid/<operation>`, by operation. Their fields are RingCentral's.
 *
 * Source: RingCentral API reference, call control.
 */
export const PARTY_OPERATIONS = {
  answer: v.object({ deviceId: v.optional(opaqueId) }),
  hold: NOTHING,
  unhold: NOTHING,
  reject: NOTHING,
  ignore: v.object({ deviceId: opaqueId }),
  forward: exactlyOneOf(target),
  transfer: exactlyOneOf({ ...target, parkOrbit }),
  /** Joins who is in this call with who is in another, and leaves both; the party named is one's own in the other. */
  bridge: v.object({ telephonySessionId: opaqueId, partyId: opaqueId }),
  park: NOTHING,
  pickup: v.object({ deviceId: opaqueId }),
  flip: v.object({ callFlipId: opaqueId }),
  reply: exactlyOneOf({ replyWithText: replyText, replyWithPattern: replyPattern }),
  /** Empty to start a recording, with its id to let it pause or go on. */
  record: v.pipe(
    v.object({ recordingId: v.optional(opaqueId), active: v.optional(flag) }),
    v.check(
      ({ recordingId, active }) => (recordingId === undefined) === (active === undefined),
      'empty to start a recording, or have recordingId and active to change one',
    ),
  ),
  supervise: v.object({ mode: v.optional(v.literal('Listen', 'Listen'), 'Listen'), supervisorDeviceId: opaqueId }),
  mute: v.object({ muted: v.optional(flag, true) }),
} as const

export type PartyOperation = keyof typeof PARTY_OPERATIONS

/** What a client sends for an operation. */
export type PartyBody<Name extends PartyOperation> = v.InferInput<(typeof PARTY_OPERATIONS)[Name]>
