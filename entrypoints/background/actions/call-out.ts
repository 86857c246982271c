import * as v from 'valibot'
import type { Devices } from './devices.ts'
import type { Refusal, RelayClient } from './relay-client.ts'
import { dialText, type Target } from './target.ts'

/** Calls somebody: the person's own phone rings first, then the other side. */
export type PlacedCall =
  /** The call's id, when the answer told it. */
  { readonly telephonySessionId: string | undefined; readonly refusal?: undefined } | { readonly refusal: Refusal }

const placed = v.object({ telephonySessionId: v.string() })

/** One request for one click; it is never repeated. */
export async function callOut(
  target: Target,
  { client, devices }: { readonly client: RelayClient; readonly devices: Devices },
): Promise<PlacedCall> {
  await devices.refresh()
  const deviceId = devices.ready()[0]?.id
  if (deviceId === undefined) return { refusal: { code: 'no_phone' } }
  const { body, refusal } = await client.send({
    method: 'POST',
    path: '/v1/calls',
    body: { deviceId, to: dialText(target) },
  })
  if (refusal !== undefined) return { refusal }
  const read = v.safeParse(placed, body)
  return { telephonySessionId: read.success ? read.output.telephonySessionId : undefined }
}
