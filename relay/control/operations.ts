import * as v from 'valibot'
import { PARTY_OPERATIONS, type PartyOperation } from '../../shared/protocol/http/party-operations.ts'
import type { PartyName } from './find-party.ts'
import type { PersonRequest } from './person-client.ts'

/** What RingCentral is asked for an operation on a party, and whose party that may be. */
export interface Operation {
  readonly who: Who
  /** Decodes the body to what RingCentral is asked, below the party's path. */
  readonly schema: v.GenericSchema<unknown, PartyRequest>
}

/**
 * Whose party it may be. Who watches the whole account may name anybody's, and RingCentral decides.
 * - `owner`: the person's own.
 * - `anyone`: a parked call is nobody's in particular; RingCentral decides who may fetch it.
 * - `watcher`: that of somebody whom the person may listen to.
 */
export type Who = 'owner' | 'anyone' | 'watcher'

export interface PartyRequest {
  readonly method: PersonRequest['method']
  /** After the party's path; '' for the party itself. */
  readonly suffix: string
  readonly body?: Readonly<Record<string, unknown>>
  /** A second party that is acted on: it has to be the person's as well. */
  readonly other?: PartyName
}

/** Passes the body on, or sends none when there is nothing in it. */
function post(name: PartyOperation, who: Who = 'owner'): Operation {
  const toRequest = (given: Readonly<Record<string, unknown>>): PartyRequest => ({
    method: 'POST',
    suffix: `/${name}`,
    ...(Object.keys(given).length > 0 && { body: given }),
  })
  const schema: v.GenericSchema<unknown, Readonly<Record<string, unknown>>> = PARTY_OPERATIONS[name]
  return { who, schema: v.pipe(schema, v.transform(toRequest)) }
}

const record: Operation = {
  who: 'owner',
  schema: v.pipe(
    PARTY_OPERATIONS.record,
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
    PARTY_OPERATIONS.mute,
    v.transform((body): PartyRequest => ({ method: 'PATCH', suffix: '', body })),
  ),
}

/**
 * Joins two calls of one person, who leaves both: the end of a transfer that was asked about first.
 *
 * Source: RingCentral developer guide, managing warm transfers; API reference, bridge call party.
 */
const bridge: Operation = {
  who: 'owner',
  schema: v.pipe(
    PARTY_OPERATIONS.bridge,
    v.transform((other): PartyRequest => ({ method: 'POST', suffix: '/bridge', body: other, other })),
  ),
}

export const OPERATIONS: Readonly<Record<PartyOperation, Operation>> = {
  answer: post('answer'),
  hold: post('hold'),
  unhold: post('unhold'),
  reject: post('reject'),
  ignore: post('ignore'),
  forward: post('forward'),
  transfer: post('transfer'),
  bridge,
  park: post('park'),
  pickup: post('pickup', 'anyone'),
  flip: post('flip'),
  reply: post('reply'),
  record,
  supervise: post('supervise', 'watcher'),
  mute,
}

export const REMOVE: Operation = {
  who: 'owner',
  schema: v.pipe(
    v.object({}),
    v.transform((): PartyRequest => ({ method: 'DELETE', suffix: '' })),
  ),
}
