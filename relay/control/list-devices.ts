import * as v from 'valibot'
import type { DevicesAnswer } from '../../shared/protocol/http/calls.ts'
import type { Session } from '../people/sessions.ts'
import { id } from '../ringcentral/id.ts'
import { type PersonClient, StrangeAnswerError } from './person-client.ts'

const text = v.fallback(v.optional(v.string()), undefined)
const answer = v.object({ records: v.array(v.object({ id, name: text, type: text, status: text })) })

/** The person's own phones. One page: nobody has a hundred. Throws what the client throws. */
export async function listDevices(client: PersonClient, session: Session): Promise<DevicesAnswer> {
  const raw = await client.send(session, { method: 'GET', path: '/extension/~/device?perPage=100' })
  const read = v.safeParse(answer, raw)
  if (!read.success) throw new StrangeAnswerError('the list of devices')
  return { devices: read.output.records.map(({ id, name, type, status }) => ({ id, name, type, status })) }
}
