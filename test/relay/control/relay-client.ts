import type { Call } from '../../platform/calls/call.ts'
import { eventually } from '../../support/eventually.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import type { RelayFixture } from '../support/relay-fixture.ts'

/** A request to the relay as the extension sends it. */
export function askRelay(
  { relay }: { readonly relay: Pick<RelayFixture['relay'], 'url'> },
  token: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${relay.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      origin: EXTENSION_ORIGIN,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

/** The path of a call's party by its number; the caller's is 1, the called agent's 2. */
export function partyPath({ telephonySessionId }: Pick<Call, 'telephonySessionId'>, number: number): string {
  const partyId = `${telephonySessionId.replace('s-', 'p-')}-${number}`
  return `/v1/sessions/${telephonySessionId}/parties/${partyId}`
}

/** What was sent to RingCentral's telephony so far, without what only reads. */
export function steps({ platform }: Pick<RelayFixture, 'platform'>): readonly string[] {
  return platform
    .requests()
    .filter(({ method, path }) => path.includes('/telephony/') && method !== 'GET')
    .map(({ method, path, status }) => `${method} ${path.split('/').slice(-1)} ${status}`)
}

/** Waits until a client of the stream has seen text of an event. */
export async function seen(frames: readonly string[], text: string): Promise<void> {
  await eventually(() => {
    if (!frames.some((frame) => frame.includes(text))) throw new Error(`no frame has ${text}`)
  })
}
