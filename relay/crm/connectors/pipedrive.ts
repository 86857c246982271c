import * as v from 'valibot'
import { SECOND_MS } from '../../../shared/time.ts'
import type { CrmApi } from '../api.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../connector.ts'
import { describeContact, id, selectOnly, text } from './contact.ts'
import { hasMarker, toHtml } from './html-body.ts'
import { listSearchTerms } from './search-terms.ts'
import { formatHoursMinutes } from './units.ts'

/**
 * A call is an activity of the type call that is done. Pipedrive has nothing that keeps it one and no search for notes: before a request
 * is repeated, the activities that were changed since the call began are read, and their last lines compared.
 */

export const PIPEDRIVE: Connector = {
  name: 'pipedrive',
  displayName: 'Pipedrive',
  auth: {
    key: { header: 'x-api-token', template: '{key}' },
    oauth: {
      authorizeUrl: 'https://oauth.pipedrive.com/oauth/authorize',
      tokenUrl: 'https://oauth.pipedrive.com/oauth/token',
      revokeUrl: 'https://oauth.pipedrive.com/oauth/revoke',
      // They are chosen where the app is made.
      scopes: [],
      clientAuth: 'basic',
      baseUrlField: 'api_domain',
    },
  },
  // Searches are the tightest: 10 in two seconds.
  budget: { requests: 8, perMs: 2 * SECOND_MS },
  exactness: 'lookUp',

  async findContacts(api, number) {
    const found = await Promise.all(listSearchTerms(number).map((term) => findPersons(api, term)))
    return [...new Map(found.flat().map((contact) => [contact.id, contact])).values()]
  },

  async findOwner(api, email) {
    const { data } = await api.request(foundUsers, {
      method: 'GET',
      path: '/api/v1/users/find',
      query: { term: email, search_by_email: '1' },
    })
    const isOwner = (user: v.InferOutput<typeof crmUser>) =>
      user.active_flag !== false && user.email?.toLowerCase() === email.toLowerCase()
    return selectOnly((data ?? []).filter(isOwner).map((user) => user.id))
  },

  async write(api, record) {
    const { data } = await api.request(savedActivity, {
      method: 'POST',
      path: '/api/v2/activities',
      body: describeActivity(record),
    })
    return describeWritten(api, data.id)
  },

  async lookUp(api, record) {
    let cursor: string | undefined
    do {
      const { data, additional_data } = await api.request(listedActivities, {
        method: 'GET',
        path: '/api/v2/activities',
        query: {
          person_id: record.contact?.id,
          updated_since: new Date(record.call.startedMs).toISOString().replace(/\.\d+Z$/, 'Z'),
          limit: '500',
          cursor,
        },
      })
      const found = data.find(({ note }) => hasMarker(note, record.key))
      if (found !== undefined) return describeWritten(api, found.id)
      cursor = additional_data?.next_cursor ?? undefined
    } while (cursor !== undefined)
    return undefined
  },

  async updateNote(api, recordId, { body }) {
    await api.request(savedActivity, {
      method: 'PATCH',
      path: `/api/v2/activities/${encodeURIComponent(recordId)}`,
      body: { note: toHtml(body) },
    })
  },

  // The form is a layer over the list, without an address of its own.
  newContactUrl: ({ baseUrl }) => `${baseUrl}/persons/list`,
}

const crmUser = v.object({ id, email: text, active_flag: v.optional(v.boolean()) })
const foundUsers = v.object({ data: v.nullable(v.array(crmUser)) })
const foundPersons = v.object({
  data: v.object({
    items: v.array(
      v.object({
        item: v.object({
          id,
          name: text,
          phones: v.optional(v.array(v.string())),
          organization: v.optional(v.nullable(v.object({ name: text }))),
        }),
      }),
    ),
  }),
})
const savedActivity = v.object({ data: v.object({ id }) })
const listedActivities = v.object({
  data: v.array(v.object({ id, note: text })),
  additional_data: v.optional(v.nullable(v.object({ next_cursor: text }))),
})

async function findPersons(api: CrmApi, term: string): Promise<readonly CrmContact[]> {
  const { data } = await api.request(foundPersons, {
    method: 'GET',
    path: '/api/v2/persons/search',
    query: { term, fields: 'phone', limit: '20' },
  })
  return data.items.map(({ item }) =>
    describeContact({
      id: item.id,
      kind: 'person',
      name: item.name,
      company: item.organization?.name,
      numbers: item.phones ?? [],
      url: `${api.baseUrl}/person/${item.id}`,
    }),
  )
}

function describeActivity({ call, contact, ownerId, title, body }: RecordToWrite): Readonly<Record<string, unknown>> {
  const [date, time] = new Date(call.startedMs).toISOString().split('T')
  return {
    subject: title,
    type: 'call',
    done: true,
    due_date: date,
    due_time: time?.slice(0, 5),
    duration: formatHoursMinutes(call.durationMs),
    note: toHtml(body),
    ...(contact !== undefined && { participants: [{ person_id: Number(contact.id), primary: true }] }),
    ...(ownerId !== undefined && { owner_id: Number(ownerId) }),
  }
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${baseUrl}/activities/list?activityId=${recordId}` }
}
