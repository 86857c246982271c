import * as v from 'valibot'
import { isSpokenAs } from '../../../shared/crm/crm-digits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type CrmApi, orIfRefused } from '../api.ts'
import type { Connector, RecordToWrite, Written } from '../connector.ts'
import { uuidOf } from '../uuid.ts'
import { describeContact, id, selectOnly, text } from './contact.ts'

/**
 * A call is a ticket with a private comment, of which nobody outside is told. Zendesk remembers the key of a request for about two
 * hours; after that the ticket is found by its external id, which is no matter of the search index.
 */

export const ZENDESK: Connector = {
  name: 'zendesk',
  displayName: 'Zendesk',
  auth: {
    // API tokens can't be made any more.
    oauth: {
      authorizeUrl: '{base}/oauth/authorizations/new',
      tokenUrl: '{base}/oauth/tokens',
      scopes: ['read', 'write'],
      clientAuth: 'post',
    },
  },
  // The smallest plan has 200 a minute, for everything that uses the account.
  budget: { requests: 150, perMs: MINUTE_MS },
  exactness: 'lookUp',

  async findContacts(api, number) {
    const { national, spellings } = number
    // Several values of one field are alternatives.
    const phones = [`phone:*${national}`, ...spellings.map((spelling) => `phone:"${spelling}"`)]
    const { results, organizations = [] } = await api.request(foundUsers, {
      method: 'GET',
      path: '/api/v2/search.json',
      query: { query: `type:user role:end-user ${phones.join(' ')}`, include: 'users(organizations)' },
    })
    return Promise.all(
      results.map(async (user) =>
        describeContact({
          id: user.id,
          kind: 'user',
          name: user.name,
          company: organizations.find((one) => one.id === user.organization_id)?.name,
          numbers: [user.phone, ...(isSpokenAs(number, user.phone ?? '') ? [] : await findOtherNumbers(api, user.id))],
          url: `${api.baseUrl}/agent/users/${user.id}`,
        }),
      ),
    )
  },

  async findOwner(api, email) {
    const { users } = await api.request(foundAgents, {
      method: 'GET',
      path: '/api/v2/users/search.json',
      query: { query: `email:${email}` },
    })
    const isAgent = (user: v.InferOutput<typeof agent>) =>
      user.role !== 'end-user' && user.email?.toLowerCase() === email.toLowerCase()
    return selectOnly(users.filter(isAgent).map((user) => user.id))
  },

  async write(api, record) {
    const body = { ticket: describeTicket(record) }
    const { ticket } = await api.request(savedTicket, {
      method: 'POST',
      path: '/api/v2/tickets.json',
      // A key is of one body: another assignee, or a note that came meanwhile, is another request.
      headers: { 'idempotency-key': uuidOf(JSON.stringify(body)) },
      body,
    })
    return describeWritten(api, ticket.id)
  },

  async lookUp(api, { key }) {
    const { tickets } = await api.request(listedTickets, {
      method: 'GET',
      path: '/api/v2/tickets.json',
      query: { external_id: key },
    })
    const [found] = tickets
    return found === undefined ? undefined : describeWritten(api, found.id)
  },

  /** A comment can't be changed: the new body is one more. */
  async updateNote(api, recordId, { body }) {
    await api.request(savedTicket, {
      method: 'PUT',
      path: `/api/v2/tickets/${encodeURIComponent(recordId)}.json`,
      body: { ticket: { comment: { body, public: false } } },
    })
  },

  newContactUrl: ({ baseUrl }) => `${baseUrl}/agent/users/new`,

  // Another request writes to the same user at this moment.
  isLimit: (status) => status === 409,
}

/** A user has one number in their own record, and is found by all that they have. */
async function findOtherNumbers(api: CrmApi, userId: string): Promise<readonly string[]> {
  const path = `/api/v2/users/${encodeURIComponent(userId)}/identities.json`
  // The index may have somebody who was deleted or merged since.
  const { identities } = await orIfRefused(api.request(listedIdentities, { method: 'GET', path }), { identities: [] })
  return identities.flatMap(({ type, value }) => (type === 'phone_number' && value != null ? [value] : []))
}

const listedIdentities = v.object({ identities: v.array(v.object({ type: text, value: text })) })
const agent = v.object({ id, email: text, role: text })
const foundUsers = v.object({
  results: v.array(
    v.object({
      id,
      name: text,
      phone: text,
      organization_id: v.optional(v.nullable(id)),
    }),
  ),
  organizations: v.optional(v.array(v.object({ id, name: text }))),
})
const foundAgents = v.object({ users: v.array(agent) })
const savedTicket = v.object({ ticket: v.object({ id }) })
const listedTickets = v.object({ tickets: v.array(v.object({ id })) })

function describeTicket({
  key,
  call,
  contact,
  ownerId,
  title,
  body,
}: RecordToWrite): Readonly<Record<string, unknown>> {
  return {
    subject: title,
    comment: { body, public: false },
    external_id: key,
    tags: ['ringside_call'],
    // What was answered needs nobody any more; a ticket without an assignee can't be solved.
    status: call.outcome === 'answered' && ownerId !== undefined ? 'solved' : 'open',
    ...(contact !== undefined && { requester_id: Number(contact.id) }),
    ...(ownerId !== undefined && { assignee_id: Number(ownerId) }),
  }
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${baseUrl}/agent/tickets/${recordId}` }
}
