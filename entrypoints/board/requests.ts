import * as v from 'valibot'
import { type ExtensionCall, extensionCall, type QueueCall, queueCall } from '../../shared/protocol/http/board.ts'
import { type Device, devicesAnswer } from '../../shared/protocol/http/calls.ts'
import { type Capability, capabilitiesAnswer } from '../../shared/protocol/http/capabilities.ts'
import { fillRoute, ROUTES } from '../../shared/protocol/http/routes.ts'
import { type RoutingAnswer, routingAnswer } from '../../shared/protocol/http/routing.ts'
import { formatInstant } from '../../shared/time.ts'
import type { Refusal, RelayClient } from '../lib/relay/relay-client.ts'

/** What was asked for, or why it was not given. */
export type Answer<T> =
  | { readonly value: T; readonly refusal?: undefined }
  | { readonly refusal: Refusal; readonly value?: undefined }

/** What the board asks the relay beside the stream, as the person. */
export interface BoardRequests {
  /** The calls behind a tally: those of an extension that began at `sinceMs` or later and are over, the newest first. */
  listExtensionCalls(extensionId: string, sinceMs: number): Promise<Answer<readonly ExtensionCall[]>>
  /** The callers of a queue who came then or later and wait no longer, the newest first. */
  listQueueCalls(queueId: string, sinceMs: number): Promise<Answer<readonly QueueCall[]>>
  /** Phones of the person's own. */
  listDevices(): Promise<Answer<readonly Device[]>>
  /** What RingCentral lets the person do, as far as it has said so. */
  listCapabilities(): Promise<Answer<readonly Capability[]>>
  /** The account's rules and what they did today. */
  readRouting(): Promise<Answer<RoutingAnswer>>
  listen(telephonySessionId: string, agentExtensionId: string, deviceId: string): Promise<Refusal | undefined>
  /** Hangs up one's own part of a call: leaves it, for who listens. */
  leave(telephonySessionId: string, partyId: string): Promise<Refusal | undefined>
  whisper(telephonySessionId: string, extensionId: string, text: string): Promise<Refusal | undefined>
}

export function createBoardRequests(client: RelayClient): BoardRequests {
  async function ask<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Answer<T>> {
    const answer = await client.send({ method: 'GET', path })
    if (answer.refusal !== undefined) return { refusal: answer.refusal }
    const read = v.safeParse(schema, answer.body)
    return read.success ? { value: read.output } : { refusal: { code: 'refused' } }
  }

  const post = async (path: string, body: Readonly<Record<string, unknown>>) =>
    (await client.send({ method: 'POST', path, body })).refusal

  async function listCalls<T extends { readonly startedAt: string }>(
    of: Readonly<Record<string, string>>,
    sinceMs: number,
    schema: v.GenericSchema<unknown, T>,
  ): Promise<Answer<readonly T[]>> {
    const query = new URLSearchParams({ ...of, since: formatInstant(sinceMs) })
    const answer = await ask(`${ROUTES.calls}?${query}`, v.object({ calls: v.array(schema) }))
    if (answer.refusal !== undefined) return answer
    return { value: answer.value.calls.toSorted((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt)) }
  }

  return {
    listExtensionCalls: (extension, sinceMs) => listCalls({ extension }, sinceMs, extensionCall),
    listQueueCalls: (queue, sinceMs) => listCalls({ queue }, sinceMs, queueCall),
    listDevices: async () => {
      const answer = await ask(ROUTES.devices, devicesAnswer)
      return answer.refusal === undefined ? { value: answer.value.devices } : answer
    },
    listCapabilities: async () => {
      const answer = await ask(ROUTES.capabilities, capabilitiesAnswer)
      return answer.refusal === undefined ? { value: answer.value.capabilities } : answer
    },
    readRouting: () => ask(ROUTES.routing, routingAnswer),
    listen: (telephonySessionId, agentExtensionId, deviceId) =>
      post(fillRoute(ROUTES.supervise, { telephonySessionId }), { agentExtensionId, deviceId }),
    leave: async (telephonySessionId, partyId) =>
      (await client.send({ method: 'DELETE', path: fillRoute(ROUTES.party, { telephonySessionId, partyId }) })).refusal,
    whisper: (telephonySessionId, extensionId, text) =>
      post(fillRoute(ROUTES.whisper, { telephonySessionId }), { extensionId, text }),
  }
}
