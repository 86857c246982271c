import type { Context } from 'hono'
import * as v from 'valibot'
import { type CallOutAnswer, callOutBody } from '../../shared/protocol/http/calls.ts'
import { readBody } from '../http/read-body.ts'
import type { PersonEnv } from '../people/require-person.ts'
import { type ActAudit, describeBody } from './act-audit.ts'
import type { PersonClient } from './person-client.ts'

const placedCall = v.object({ session: v.object({ id: v.string() }) })

/** `POST /v1/calls {deviceId, to}`: rings the person's own phone, then the other side. The answer names the session. */
export function createCallOut(client: PersonClient, audit: ActAudit) {
  return async function callOut(c: Context<PersonEnv>): Promise<Response> {
    const read = await readBody(c, callOutBody)
    if ('refusal' in read) return read.refusal
    const { deviceId, to } = read.body
    const login = c.get('login')
    const { extensionId, name } = login
    const answer = await audit.keep(
      { by: { extensionId, name }, telephonySessionId: '', act: 'call', ...describeBody({ ...to, deviceId }) },
      () =>
        client.send(login, {
          method: 'POST',
          path: '/telephony/call-out',
          body: { from: { deviceId }, to },
          group: 'Heavy',
        }),
      (placed) => readSession(placed) ?? '',
    )
    // The call is placed whatever the answer looks like.
    const telephonySessionId = readSession(answer)
    const told: CallOutAnswer = telephonySessionId === undefined ? {} : { telephonySessionId }
    return c.json(told, 202, { 'cache-control': 'no-store' })
  }
}

function readSession(answer: unknown): string | undefined {
  const placed = v.safeParse(placedCall, answer)
  return placed.success ? placed.output.session.id : undefined
}
