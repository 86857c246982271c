import * as v from 'valibot'
import type { RecordOutcome } from '../../../shared/crm/call-record.ts'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault, orIfRefused } from '../api.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../connector.ts'
import { toHtml } from './html-body.ts'

/**
 * HubSpot. A call is created with a property of ours whose value is unique: HubSpot refuses a second one, so that a request may be repeated.
 * Source: HubSpot developer documentation, dated API 2026-03.
 */

const DATED = '2026-03'
const OBJECTS = `/crm/objects/${DATED}`
const MARKER = 'ringside_call'
const CALL_TO_CONTACT = 194
const CALL_OBJECT = '0-48'
const CONTACT_OBJECT = '0-1'

const text = v.nullish(v.string())
const contact = v.object({
  id: v.string(),
  properties: v.object({
    firstname: text,
    lastname: text,
    email: text,
    company: text,
    phone: text,
    mobilephone: text,
    hubspot_owner_id: text,
  }),
})
const found = v.object({ results: v.array(contact) })
const created = v.object({ id: v.string() })
const owner = v.object({ id: v.string(), firstName: text, lastName: text, email: text })
const owners = v.object({ results: v.array(owner) })
const account = v.object({ portalId: v.number(), uiDomain: v.optional(v.string(), 'app.hubspot.com') })
const anything = v.unknown()

export const hubspot: Connector = {
  name: 'hubspot',
  displayName: 'HubSpot',
  baseUrl: 'https://api.hubapi.com',
  auth: {
    key: { template: 'Bearer {key}' },
    oauth: {
      authorizeUrl: 'https://app.hubspot.com/oauth/authorize',
      tokenUrl: '{base}/oauth/v1/token',
      revokeUrl: '{base}/oauth/v1/refresh-tokens/{token}',
      scopes: [
        'oauth',
        'crm.objects.contacts.read',
        'crm.objects.contacts.write',
        'crm.objects.owners.read',
        // For the property that keeps a call one.
        'crm.schemas.contacts.write',
      ],
      clientAuth: 'post',
    },
  },
  // It takes 100 in ten seconds of one app, and 5 searches a second.
  budget: { requests: 90, perMs: 10 * SECOND_MS },
  searchBudget: { requests: 4, perMs: SECOND_MS },
  exactness: 'native',
  findContacts,
  async findOwner(api, email) {
    const { results } = await api.request(owners, { method: 'GET', path: `/crm/owners/${DATED}`, query: { email } })
    return results.find((one) => one.email?.toLowerCase() === email.toLowerCase())?.id
  },
  async write(api, record) {
    const body = {
      properties: describeCall(record),
      associations:
        record.contact === undefined
          ? []
          : [
              {
                to: { id: record.contact.id },
                types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: CALL_TO_CONTACT }],
              },
            ],
    }
    try {
      const { id } = await api.request(created, { method: 'POST', path: `${OBJECTS}/calls`, body })
      return await locate(api, id)
    } catch (error) {
      if (!(error instanceof CrmFault) || (error.status !== 409 && error.status !== 400)) throw error
      // The value of the marker is there already, or it is another fault.
      const before = await lookUp(api, record)
      if (before === undefined) throw error
      return before
    }
  },
  lookUp,
  async updateNote(api, recordId, { body }) {
    const properties = { hs_call_body: toHtml(body) }
    await api.request(anything, {
      method: 'PATCH',
      path: `${OBJECTS}/calls/${encodeURIComponent(recordId)}`,
      body: { properties },
    })
  },
  async prepare(api) {
    const groups = `/crm/properties/${DATED}/calls`
    const isThere = await exists(api, `${groups}/${MARKER}`)
    if (isThere) return
    await createOnce(api, `${groups}/groups`, { name: 'ringside', label: 'Ringside' })
    await createOnce(api, groups, {
      name: MARKER,
      label: 'Ringside call',
      description: 'The call of Ringside that this record is about. It keeps records from being written twice.',
      groupName: 'ringside',
      type: 'string',
      fieldType: 'text',
      hasUniqueValue: true,
    })
  },
  newContactUrl(api) {
    const place = places.get(api)
    return place && `${place}/objects/${CONTACT_OBJECT}/views/all/list`
  },
}

/** Over-inclusive: the index has numbers in several forms. */
async function findContacts(api: CrmApi, { e164, national }: SpokenNumber): Promise<readonly CrmContact[]> {
  const filter = (propertyName: string, value: string) => ({ filters: [{ propertyName, operator: 'EQ', value }] })
  const body = {
    filterGroups: [
      filter('hs_searchable_calculated_phone_number', national),
      filter('hs_searchable_calculated_mobile_number', national),
      filter('phone', e164),
      filter('mobilephone', e164),
    ],
    properties: ['firstname', 'lastname', 'email', 'company', 'phone', 'mobilephone', 'hubspot_owner_id'],
    limit: 20,
  }
  const path = `${OBJECTS}/contacts/search`
  const { results } = await api.request(found, { method: 'POST', path, body, isSearch: true })
  const place = await findPlace(api)
  return Promise.all(results.map((one) => describeContact(api, one, place)))
}

async function describeContact(
  api: CrmApi,
  { id, properties }: v.InferOutput<typeof contact>,
  place: string | undefined,
): Promise<CrmContact> {
  const { firstname, lastname, email, company, phone, mobilephone, hubspot_owner_id: ownerId } = properties
  const ownerName = ownerId ? await findOwnerName(api, ownerId) : undefined
  return {
    id,
    kind: 'contact',
    name: [firstname, lastname].filter(Boolean).join(' ') || email || `Contact ${id}`,
    ...(company && { company }),
    numbers: [phone, mobilephone].flatMap((number) => number ?? []),
    ...(ownerName !== undefined && { ownerName }),
    ...(place !== undefined && { url: `${place}/record/${CONTACT_OBJECT}/${id}` }),
  }
}

/** The name is not worth a match: without the scope for owners there is none. */
async function findOwnerName(api: CrmApi, id: string): Promise<string | undefined> {
  const path = `/crm/owners/${DATED}/${encodeURIComponent(id)}`
  const found = await orIfRefused(api.request(owner, { method: 'GET', path }), undefined)
  return found && ([found.firstName, found.lastName].filter(Boolean).join(' ') || found.email || undefined)
}

async function lookUp(api: CrmApi, { key }: RecordToWrite): Promise<Written | undefined> {
  try {
    const path = `${OBJECTS}/calls/${encodeURIComponent(key)}`
    const { id } = await api.request(created, { method: 'GET', path, query: { idProperty: MARKER } })
    return await locate(api, id)
  } catch (error) {
    if (error instanceof CrmFault && error.status === 404) return undefined
    throw error
  }
}

async function locate(api: CrmApi, recordId: string): Promise<Written> {
  const place = places.get(api) ?? (await findPlace(api).catch(() => undefined))
  return { recordId, ...(place !== undefined && { url: `${place}/record/${CALL_OBJECT}/${recordId}` }) }
}

/** Where people see the account behind an API: it never changes. */
const places = new WeakMap<CrmApi, string>()

async function findPlace(api: CrmApi): Promise<string | undefined> {
  const known = places.get(api)
  if (known !== undefined) return known
  // Links are not worth a record.
  const path = `/account-info/${DATED}/details`
  const found = await orIfRefused(api.request(account, { method: 'GET', path }), undefined)
  if (found === undefined) return undefined
  const place = `https://${found.uiDomain}/contacts/${found.portalId}`
  places.set(api, place)
  return place
}

function describeCall({ key, call, title, body, ownerId }: RecordToWrite): Readonly<Record<string, string>> {
  const [from, to] =
    call.direction === 'Inbound' ? [call.customerNumber, call.companyNumber] : [call.companyNumber, call.customerNumber]
  return {
    [MARKER]: key,
    hs_timestamp: String(call.startedMs),
    hs_call_title: title,
    hs_call_body: toHtml(body),
    hs_call_direction: call.direction === 'Inbound' ? 'INBOUND' : 'OUTBOUND',
    hs_call_duration: String(call.durationMs),
    hs_call_status: STATUSES[call.outcome],
    ...(from !== undefined && { hs_call_from_number: from }),
    ...(to !== undefined && { hs_call_to_number: to }),
    ...(ownerId !== undefined && { hubspot_owner_id: ownerId }),
  }
}

const STATUSES: Readonly<Record<RecordOutcome, string>> = {
  answered: 'COMPLETED',
  missed: 'NO_ANSWER',
  callerGaveUp: 'CANCELED',
  voicemail: 'NO_ANSWER',
  replied: 'NO_ANSWER',
  rejected: 'NO_ANSWER',
  busy: 'BUSY',
  failed: 'FAILED',
  cancelled: 'CANCELED',
  notPlaced: 'FAILED',
  fax: 'COMPLETED',
}

async function exists(api: CrmApi, path: string): Promise<boolean> {
  try {
    await api.request(anything, { method: 'GET', path })
    return true
  } catch (error) {
    if (error instanceof CrmFault && error.status === 404) return false
    throw error
  }
}

/** What somebody else has made in the meantime will do. */
async function createOnce(api: CrmApi, path: string, body: unknown): Promise<void> {
  try {
    await api.request(anything, { method: 'POST', path, body })
  } catch (error) {
    if (!(error instanceof CrmFault) || error.status !== 409) throw error
  }
}
