import * as v from 'valibot'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault } from '../api.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../connector.ts'
import { describeContact, id, text } from './contact.ts'
import { fitBody } from './fit-body.ts'
import { hasMarker } from './html-body.ts'
import { listSearchTerms } from './search-terms.ts'
import { formatMinutesSeconds } from './units.ts'

/**
 * A call is a record of the module Calls, for which Zoho has no upsert. Its search lags, so before a request is repeated the calls that
 * were changed since this one began are listed, and their last lines compared.
 */

const API = '/crm/v8'
const MAX_DESCRIPTION = 32_000
/** The API of accounts in the United States. */
export const ZOHO_BASE_URL = 'https://www.zohoapis.com'

/** The addresses of a data centre: of the API, of sign-in, and of what people see. Where none fits, it is a stand-in that has all. */
const DATA_CENTRES: readonly { readonly api: string; readonly accounts: string; readonly crm: string }[] = [
  { api: ZOHO_BASE_URL, accounts: 'https://accounts.zoho.com', crm: 'https://crm.zoho.com' },
  { api: 'https://www.zohoapis.eu', accounts: 'https://accounts.zoho.eu', crm: 'https://crm.zoho.eu' },
  { api: 'https://www.zohoapis.in', accounts: 'https://accounts.zoho.in', crm: 'https://crm.zoho.in' },
  { api: 'https://www.zohoapis.com.au', accounts: 'https://accounts.zoho.com.au', crm: 'https://crm.zoho.com.au' },
  { api: 'https://www.zohoapis.jp', accounts: 'https://accounts.zoho.jp', crm: 'https://crm.zoho.jp' },
  { api: 'https://www.zohoapis.ca', accounts: 'https://accounts.zohocloud.ca', crm: 'https://crm.zohocloud.ca' },
  { api: 'https://www.zohoapis.sa', accounts: 'https://accounts.zoho.sa', crm: 'https://crm.zoho.sa' },
  { api: 'https://www.zohoapis.com.cn', accounts: 'https://accounts.zoho.com.cn', crm: 'https://crm.zoho.com.cn' },
]

/** `baseUrl`: the API of the data centre that the account lives in. */
export function createZoho(baseUrl: string): Connector {
  const { accounts } = centreOf(baseUrl)
  return {
    name: 'zoho',
    displayName: 'Zoho CRM',
    baseUrl,
    auth: {
      oauth: {
        authorizeUrl: `${accounts}/oauth/v2/auth`,
        tokenUrl: `${accounts}/oauth/v2/token`,
        revokeUrl: `${accounts}/oauth/v2/token/revoke`,
        scopes: ['ZohoCRM.modules.ALL', 'ZohoCRM.users.READ', 'ZohoSearch.securesearch.READ'],
        scopeSeparator: ',',
        // Without these there is no refresh token.
        authorizeParams: { access_type: 'offline', prompt: 'consent' },
        clientAuth: 'post',
        baseUrlField: 'api_domain',
        scheme: 'Zoho-oauthtoken',
      },
    },
    // It counts by the day, from 5,000 on, and searches ten at a time.
    budget: { requests: 100, perMs: MINUTE_MS },
    exactness: 'lookUp',
    findContacts,
    findOwner,
    write,
    lookUp,
    updateNote,
    newContactUrl: (api) => `${centreOf(api.baseUrl).crm}/crm/tab/Contacts/create`,
  }
}

function centreOf(baseUrl: string): (typeof DATA_CENTRES)[number] {
  return DATA_CENTRES.find(({ api }) => api === baseUrl) ?? { api: baseUrl, accounts: baseUrl, crm: baseUrl }
}

const named = v.optional(v.nullable(v.object({ name: text })))
const moreRecords = v.optional(v.object({ more_records: v.optional(v.boolean()) }))
/** Where nothing was found the answer is empty. */
const foundRecords = v.optional(
  v.object({
    data: v.array(
      v.object({
        id,
        Full_Name: text,
        Account_Name: v.optional(v.union([v.nullable(v.string()), v.object({ name: text })])),
        Company: text,
        Phone: text,
        Mobile: text,
        Home_Phone: text,
        Other_Phone: text,
        Owner: named,
      }),
    ),
  }),
)
const listedUsers = v.object({ users: v.array(v.object({ id, email: text })), info: moreRecords })
const savedRecords = v.object({
  data: v.array(
    v.object({
      status: v.string(),
      message: text,
      details: v.optional(v.object({ id: v.optional(id), api_name: text })),
    }),
  ),
})
const listedCalls = v.optional(v.object({ data: v.array(v.object({ id, Description: text })), info: moreRecords }))

/** The modules in which people with telephones are, and the word for one of each. */
const MODULES = { Contacts: 'contact', Leads: 'lead', Accounts: 'account' } as const
type Module = keyof typeof MODULES

async function findContacts(api: CrmApi, number: SpokenNumber): Promise<readonly CrmContact[]> {
  const modules = Object.keys(MODULES) as readonly Module[]
  const found = await Promise.all(
    modules.flatMap((module) => listSearchTerms(number).map((term) => findIn(api, module, term))),
  )
  return [...new Map(found.flat().map((contact) => [contact.id, contact])).values()]
}

async function findIn(api: CrmApi, module: Module, phone: string): Promise<readonly CrmContact[]> {
  const path = `${API}/${module}/search`
  const { data } = (await api.request(foundRecords, { method: 'GET', path, query: { phone } })) ?? { data: [] }
  return data.map((record) => {
    const account = typeof record.Account_Name === 'string' ? record.Account_Name : record.Account_Name?.name
    return describeContact({
      id: record.id,
      kind: MODULES[module],
      name: record.Full_Name ?? account,
      company: module === 'Accounts' ? undefined : (record.Company ?? account),
      numbers: [record.Phone, record.Mobile, record.Home_Phone, record.Other_Phone],
      ownerName: record.Owner?.name,
      url: `${centreOf(api.baseUrl).crm}/crm/tab/${module}/${record.id}`,
    })
  })
}

async function findOwner(api: CrmApi, email: string): Promise<string | undefined> {
  for (let page = 1; ; page++) {
    const { users, info } = await api.request(listedUsers, {
      method: 'GET',
      path: `${API}/users`,
      query: { type: 'ActiveUsers', page: String(page), per_page: '200' },
    })
    const found = users.find((user) => user.email?.toLowerCase() === email.toLowerCase())
    if (found !== undefined || info?.more_records !== true) return found?.id
  }
}

async function write(api: CrmApi, record: RecordToWrite): Promise<Written> {
  const recordId = await save(api, 'POST', describeCall(record))
  return describeWritten(api, recordId)
}

async function updateNote(api: CrmApi, recordId: string, { body }: RecordToWrite): Promise<void> {
  await save(api, 'PUT', { id: recordId, Description: fitBody(body, MAX_DESCRIPTION) })
}

/** A record that Zoho does not take is a part of an answer that is a success. */
async function save(api: CrmApi, method: 'POST' | 'PUT', body: Readonly<Record<string, unknown>>): Promise<string> {
  const { data } = await api.request(savedRecords, { method, path: `${API}/Calls`, body: { data: [body] } })
  const [saved] = data
  if (saved?.status === 'success' && saved.details?.id !== undefined) return saved.details.id
  const field = saved?.details?.api_name
  throw new CrmFault('refused', {
    words: `${saved?.message ?? 'It was not saved'}${field == null ? '' : ` (${field})`}`,
  })
}

async function lookUp(api: CrmApi, { call, key }: RecordToWrite): Promise<Written | undefined> {
  for (let page = 1; ; page++) {
    const { data, info } = await listCalls(api, call.startedMs, page)
    const found = data.find(({ Description }) => hasMarker(Description, key))
    if (found !== undefined) return describeWritten(api, found.id)
    if (info?.more_records !== true) return undefined
  }
}

type ListedCalls = NonNullable<v.InferOutput<typeof listedCalls>>

async function listCalls(api: CrmApi, sinceMs: number, page: number): Promise<ListedCalls> {
  try {
    const listed = await api.request(listedCalls, {
      method: 'GET',
      path: `${API}/Calls`,
      query: {
        fields: 'Description',
        sort_by: 'Modified_Time',
        sort_order: 'desc',
        page: String(page),
        per_page: '200',
      },
      headers: { 'if-modified-since': new Date(sinceMs).toISOString().replace(/\.\d+Z$/, '+00:00') },
    })
    return listed ?? { data: [] }
  } catch (fault) {
    // Nothing was changed since.
    if (fault instanceof CrmFault && fault.status === 304) return { data: [] }
    throw fault
  }
}

function describeCall({ call, contact, ownerId, title, body }: RecordToWrite): Readonly<Record<string, unknown>> {
  const isMissed = call.direction === 'Inbound' && call.durationMs === 0
  return {
    Subject: title,
    Call_Type: isMissed ? 'Missed' : call.direction,
    Call_Start_Time: new Date(call.startedMs).toISOString().replace(/\.\d+Z$/, '+00:00'),
    ...(!isMissed && { Call_Duration: formatMinutesSeconds(call.durationMs) }),
    Description: fitBody(body, MAX_DESCRIPTION),
    ...describeRelation(contact),
    ...(ownerId !== undefined && { Owner: { id: ownerId } }),
  }
}

/** A contact is who, a lead or a company what the call was about. */
function describeRelation(contact: CrmContact | undefined): Readonly<Record<string, unknown>> {
  if (contact === undefined) return {}
  if (contact.kind === 'contact') return { Who_Id: { id: contact.id } }
  return { What_Id: { id: contact.id }, $se_module: contact.kind === 'lead' ? 'Leads' : 'Accounts' }
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${centreOf(baseUrl).crm}/crm/tab/Calls/${recordId}` }
}
