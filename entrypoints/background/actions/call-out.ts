import * as v from 'valibot'
import { type CallOutBody, callOutAnswer } from '../../../shared/protocol/http/calls.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import type { Devices } from './devices.ts'
import { dialText, type Target } from './target.ts'

/** Calls somebody: the person's own phone rings first, then the other side. */
export type PlacedCall =
  /** The call's id, when the answer told it. */
  { readonly telephonySessionId: string | undefined; readonly refusal?: undefined } | { readonly refusal: Refusal }

/** One request for one click; it is never repeated. `fromId`: the phone that rings, if it can; else the preferred one does. */
export async function callOut(
  target: Target,
  { client, devices }: { readonly client: RelayClient; readonly devices: Devices },
  fromId?: string,
): Promise<PlacedCall> {
  await devices.refresh()
  const ready = devices.ready()
  const deviceId = (ready.find(({ id }) => id === fromId) ?? ready[0])?.id
  if (deviceId === undefined) return { refusal: { code: 'no_phone' } }
  const asked: CallOutBody = { deviceId, to: dialText(target) }
  const { body, refusal } = await client.send({ method: 'POST', path: ROUTES.calls, body: asked })
  if (refusal !== undefined) return { refusal }
  const read = v.safeParse(callOutAnswer, body)
  return { telephonySessionId: read.success ? read.output.telephonySessionId : undefined }
}
