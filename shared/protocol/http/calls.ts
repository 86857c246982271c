import * as v from 'valibot'
import { dialled, opaqueId } from './fields.ts'

/** `POST /v1/calls`: rings one's own phone, then the other side. */
export const callOutBody = v.object({ deviceId: opaqueId, to: dialled })
export type CallOutBody = v.InferInput<typeof callOutBody>

/** The call that was placed. RingCentral's answer may leave its id out; then the call's event alone tells of it. */
export const callOutAnswer = v.object({ telephonySessionId: v.optional(v.string()) })
export type CallOutAnswer = v.InferOutput<typeof callOutAnswer>

const text = v.fallback(v.optional(v.string()), undefined)

const device = v.object({
  id: v.string(),
  name: text,
  /** RingCentral's word: `HardPhone`, `SoftPhone`, …; an open list. */
  type: text,
  /** `Online` or `Offline`. */
  status: text,
})
/** A phone of a person's extension. */
export type Device = v.InferOutput<typeof device>

/** `GET /v1/devices`: the person's own phones. */
export const devicesAnswer = v.object({
  devices: v.array(device),
  /** RingCentral apps in browsers, for who may listen to somebody; none where RingCentral does not tell. */
  webPhones: v.optional(v.array(device)),
})
export type DevicesAnswer = v.InferOutput<typeof devicesAnswer>
