import * as v from 'valibot'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault } from '../api.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../connector.ts'
import { describeContact, id, selectOnly, text } from './contact.ts'
import { hasMarker, toHtml } from './html-body.ts'

/**
 * A call is a ticket whose source is the phone. Freshdesk has nothing that keeps it one: before a request is repeated, the contact's
 * tickets that were changed since the call began are listed, and their last lines compared. A ticket needs a requester, and one who is
 * given by number alone would become a new contact: without a contact there is no ticket.
 */

const FROM_PHONE = 3
const LOW = 1
const OPEN = 2
const CLOSED = 5
/** A query may have no more characters. */
const MAX_QUERY = 512
const PAGE_SIZE = 100

export const FRESHDESK: Connector = {
  name: 'freshdesk',
  displayName: 'Freshdesk',
  auth: { key: { template: 'Basic {key}:X', isBasic: true } },
  // The smallest plan has 200 a minute, for everything that uses the account.
  budget: { requests: 150, perMs: MINUTE_MS },
  exactness: 'lookUp',
  needsContact: true,

  async findContacts(api, number) {
    const { results } = await api.request(foundContacts, {
      method: 'GET',
      path: '/api/v2/search/contacts',
      query: { query: writeQuery(number) },
    })
    const companies = await findCompanies(api, results)
    return results.map((found) =>
      describeContact({
        id: found.id,
        kind: 'contact',
        name: found.name,
        company: companies.get(found.company_id ?? ''),
        numbers: [found.phone, found.mobile],
        url: `${api.baseUrl}/a/contacts/${found.id}`,
      }),
    )
  },

  async findOwner(api, email) {
    const agents = await api.request(foundAgents, { method: 'GET', path: '/api/v2/agents', query: { email } })
    return selectOnly(agents.map((agent) => agent.id))
  },

  async write(api, record) {
    const { contact } = record
    if (contact === undefined) {
      throw new CrmFault('refused', { words: 'Freshdesk takes a call only for a contact: choose whose call it is.' })
    }
    const path = '/api/v2/tickets'
    const saved = await api.request(savedTicket, { method: 'POST', path, body: describeTicket(record, contact) })
    return describeWritten(api, saved.id)
  },

  async lookUp(api, { call, contact, key }) {
    for (let page = 1; ; page++) {
      const tickets = await api.request(listedTickets, {
        method: 'GET',
        path: '/api/v2/tickets',
        query: {
          requester_id: contact?.id,
          updated_since: new Date(call.startedMs).toISOString().replace(/\.\d+Z$/, 'Z'),
          include: 'description',
          per_page: String(PAGE_SIZE),
          page: String(page),
        },
      })
      const found = tickets.find(({ description }) => hasMarker(description, key))
      if (found !== undefined) return describeWritten(api, found.id)
      if (tickets.length < PAGE_SIZE) return undefined
    }
  },

  async updateNote(api, recordId, { body }) {
    await api.request(savedTicket, {
      method: 'PUT',
      path: `/api/v2/tickets/${encodeURIComponent(recordId)}`,
      body: { description: toHtml(body) },
    })
  },

  newContactUrl: ({ baseUrl }) => `${baseUrl}/a/contacts/new`,
}

const foundContact = v.object({ id, name: text, phone: text, mobile: text, company_id: v.optional(v.nullable(id)) })
const foundContacts = v.object({ results: v.array(foundContact) })
const foundCompany = v.object({ name: text })
const foundAgents = v.array(v.object({ id }))
const savedTicket = v.object({ id })
const listedTickets = v.array(v.object({ id, description: text }))

/** It finds a number only as it was typed: the usual spellings are all asked for, as far as they have room. */
function writeQuery({ spellings }: SpokenNumber): string {
  const terms = spellings.flatMap((spelling) => [`phone:'${spelling}'`, `mobile:'${spelling}'`])
  let query = ''
  for (const term of terms) {
    const longer = query === '' ? term : `${query} OR ${term}`
    if (longer.length + 2 > MAX_QUERY) break
    query = longer
  }
  return `"${query}"`
}

async function findCompanies(
  api: CrmApi,
  contacts: readonly v.InferOutput<typeof foundContact>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(contacts.flatMap(({ company_id }) => company_id ?? []))]
  const found = await Promise.all(
    ids.map(async (companyId) => {
      const path = `/api/v2/companies/${encodeURIComponent(companyId)}`
      const { name } = await api.request(foundCompany, { method: 'GET', path })
      return [companyId, name ?? ''] as const
    }),
  )
  return new Map(found)
}

function describeTicket(record: RecordToWrite, contact: CrmContact): Readonly<Record<string, unknown>> {
  const { call, ownerId, title, body } = record
  return {
    subject: title,
    description: toHtml(body),
    source: FROM_PHONE,
    priority: LOW,
    // What was answered needs nobody any more.
    status: call.outcome === 'answered' ? CLOSED : OPEN,
    requester_id: Number(contact.id),
    tags: ['ringside'],
    ...(ownerId !== undefined && { responder_id: Number(ownerId) }),
  }
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${baseUrl}/a/tickets/${recordId}` }
}
