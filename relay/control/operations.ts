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
import type { PersonRequest } from './person-client.ts'

/**
 * What a person can do with a party of a call, and what RingCentral is asked for it. Bodies have RingCentral's own fields.
 *
 * Source: RingCentral API reference, call control.
 */
export interface Operation {
  readonly who: Who
  /** Decodes the body to what RingCentral is asked, below the party's path. */
  readonly schema: v.GenericSchema<unknown, PartyRequest>
}

/**
 * Whose party it may be. A supervisor may name anybody's, and RingCentral decides.
 * - `owner`: the person's own.
 * - `anyone`: a parked call is nobody's in particular; RingCentral decides who may fetch it.
 * - `supervisor`: that of somebody whom a supervisor listens to.
 */
export type Who = 'owner' | 'anyone' | 'supervisor'

export interface PartyRequest {
  readonly method: PersonRequest['method']
  /** After the party's path; '' for the party itself. */
  readonly suffix: string
  readonly body?: Readonly<Record<string, unknown>>
}

const target = { phoneNumber, extensionNumber, extensionId, voicemail: extensionId }

/** Passes the body on, or sends none when there is nothing in it. */
function post<Body extends Readonly<Record<string, unknown>>>(
  name: string,
  body: v.GenericSchema<unknown, Body>,
  who: Who = 'owner',
): Operation {
  const toRequest = (given: Body): PartyRequest => ({
    method: 'POST',
    suffix: `/${name}`,
    ...(Object.keys(given).length > 0 && { body: given }),
  })
  return { who, schema: v.pipe(body, v.transform(toRequest)) }
}

const NOTHING = v.object({})

/** Starts a recording, or with its id lets it pause and go on. */
const record: Operation = {
  who: 'owner',
  schema: v.pipe(
    v.object({ recordingId: v.optional(opaqueId), active: v.optional(flag) }),
    v.check(
      ({ recordingId, active }) => (recordingId === undefined) === (active === undefined),
      'empty to start a recording, or have recordingId and active to change one',
    ),
    v.transform(
      ({ recordingId, active }): PartyRequest =>
        recordingId === undefined
          ? { method: 'POST', suffix: '/recordings' }
          : { method: 'PATCH', suffix: `/recordings/${encodeURIComponent(recordingId)}`, body: { active } },
    ),
  ),
}

const mute: Operation = {
  who: 'owner',
  schema: v.pipe(
    v.object({ muted: v.optional(flag, true) }),
    v.transform((body): PartyRequest => ({ method: 'PATCH', suffix: '', body })),
  ),
}

export const OPERATIONS = {
  answer: post('answer', v.object({ deviceId: v.optional(opaqueId) })),
  hold: post('hold', NOTHING),
  unhold: post('unhold', NOTHING),
  reject: post('reject', NOTHING),
  ignore: post('ignore', v.object({ deviceId: opaqueId })),
  forward: post('forward', exactlyOneOf(target)),
  transfer: post('transfer', exactlyOneOf({ ...target, parkOrbit })),
  park: post('park', NOTHING),
  pickup: post('pickup', v.object({ deviceId: opaqueId }), 'anyone'),
  flip: post('flip', v.object({ callFlipId: opaqueId })),
  reply: post('reply', exactlyOneOf({ replyWithText: replyText, replyWithPattern: replyPattern })),
  record,
  supervise: post(
    'supervise',
    v.object({
      mode: v.optional(v.literal('Listen', 'Listen'), 'Listen'),
      supervisorDeviceId: opaqueId,
    }),
    'supervisor',
  ),
  mute,
} as const satisfies Readonly<Record<string, Operation>>

export const REMOVE: Operation = {
  who: 'owner',
  schema: v.pipe(
    NOTHING,
    v.transform((): PartyRequest => ({ method: 'DELETE', suffix: '' })),
  ),
}
