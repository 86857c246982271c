import * as v from 'valibot'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault, orIfRefused } from '../api.ts'
import type { Connector, CrmContact, RecordToWrite, Written } from '../connector.ts'
import { describeContact, id, selectOnly } from './contact.ts'
import { fitBody } from './fit-body.ts'
import { toMinutes } from './units.ts'

/**
 * A call is an activity of the kind phone call, under an id that the relay has made of its key: a request that was sent twice can't make a
 * second one. It is made open and then completed; both may be repeated.
 */

const API = '/api/data/v9.2'
const ODATA = { 'odata-version': '4.0', 'odata-maxversion': '4.0' }
/** Answers then have the names of what they only refer to. */
const WITH_NAMES = { ...ODATA, prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"' }
const NAME_OF = '@OData.Community.Display.V1.FormattedValue'
const OPEN = 0
const COMPLETED = 1
const MADE = 2
const RECEIVED = 4
const FROM = 1
const TO = 2

export const DYNAMICS: Connector = {
  name: 'dynamics',
  displayName: 'Dynamics 365',
  auth: {
    oauth: {
      authorizeUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
      tokenUrl: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token',
      scopes: ['{base}/user_impersonation', 'offline_access'],
      clientAuth: 'post',
    },
  },
  // It takes 6,000 of a user in five minutes, on each of its servers.
  budget: { requests: 1000, perMs: MINUTE_MS },
  exactness: 'native',

  async findContacts(api, number) {
    const found = await Promise.all(Object.entries(TABLES).map(([kind, table]) => find(api, kind, table, number)))
    return found.flat()
  },

  async findOwner(api, email) {
    const filter = `internalemailaddress eq '${email.replaceAll("'", "''")}' and isdisabled eq false`
    const { value } = await api.request(foundUsers, {
      method: 'GET',
      path: `${API}/systemusers`,
      query: { $select: 'systemuserid', $filter: filter },
      headers: ODATA,
    })
    return selectOnly(value.map(({ systemuserid }) => systemuserid))
  },

  async write(api, record) {
    const path = pathOf(record.uuid)
    const body = describePhoneCall(record, await describeText(api, record))
    try {
      await api.request(v.unknown(), { method: 'PATCH', path, headers: { ...ODATA, 'if-none-match': '*' }, body })
    } catch (fault) {
      // It is there: an earlier request has made it.
      if (!(fault instanceof CrmFault && fault.status === 412)) throw fault
    }
    const statuscode = record.call.direction === 'Outbound' ? MADE : RECEIVED
    await api.request(v.unknown(), {
      method: 'PATCH',
      path,
      headers: ODATA,
      body: { statecode: COMPLETED, statuscode },
    })
    return describeWritten(api, record.uuid)
  },

  /** One that is still open was not completed: it is for {@link write} to go on with. */
  async lookUp(api, { uuid }) {
    try {
      const { statecode } = await api.request(madeCall, {
        method: 'GET',
        path: pathOf(uuid),
        query: { $select: 'statecode' },
        headers: ODATA,
      })
      return statecode === OPEN ? undefined : describeWritten(api, uuid)
    } catch (fault) {
      if (fault instanceof CrmFault && fault.status === 404) return undefined
      throw fault
    }
  },

  async updateNote(api, recordId, record) {
    // Not `*`: what somebody has deleted does not come back by a note.
    const headers = { ...ODATA, 'if-match': '*' }
    const body = { description: await describeText(api, record) }
    await api.request(v.unknown(), { method: 'PATCH', path: pathOf(recordId), headers, body })
  },

  newContactUrl({ baseUrl }, { e164 }) {
    const values = encodeURIComponent(`telephone1=${encodeURIComponent(e164)}`)
    return `${baseUrl}/main.aspx?pagetype=entityrecord&etn=contact&extraqs=${values}`
  },
}

/** Who may have a number, and where it may be written. */
interface Table {
  readonly path: string
  readonly idField: string
  readonly nameField: string
  readonly companyField?: string
  readonly phoneFields: readonly string[]
}

const TABLES: Readonly<Record<string, Table>> = {
  contact: {
    path: 'contacts',
    idField: 'contactid',
    nameField: 'fullname',
    companyField: '_parentcustomerid_value',
    phoneFields: ['telephone1', 'telephone2', 'mobilephone'],
  },
  lead: {
    path: 'leads',
    idField: 'leadid',
    nameField: 'fullname',
    companyField: 'companyname',
    phoneFields: ['telephone1', 'telephone2', 'mobilephone'],
  },
  account: { path: 'accounts', idField: 'accountid', nameField: 'name', phoneFields: ['telephone1', 'telephone2'] },
}

/** Of a hundred thousand contacts some dozens have these digits among others; they are sorted out afterwards. */
const MAX_FOUND = 500
const foundRows = v.object({ value: v.array(v.record(v.string(), v.unknown())) })
const foundUsers = v.object({ value: v.array(v.object({ systemuserid: id })) })
const madeCall = v.object({ statecode: v.number() })
const textColumn = v.object({ MaxLength: v.number() })

async function find(api: CrmApi, kind: string, table: Table, number: SpokenNumber): Promise<readonly CrmContact[]> {
  const { path, idField, nameField, companyField, phoneFields } = table
  const fields = [
    idField,
    nameField,
    '_ownerid_value',
    ...(companyField === undefined ? [] : [companyField]),
    ...phoneFields,
  ]
  try {
    const { value } = await api.request(foundRows, {
      method: 'GET',
      path: `${API}/${path}`,
      query: { $select: fields.join(','), $filter: writeFilter(phoneFields, number), $top: String(MAX_FOUND) },
      headers: WITH_NAMES,
    })
    return value.map((row) => describeRow(api, kind, table, row))
  } catch (fault) {
    // Leads come with Sales: without it there is no such table.
    if (kind === 'lead' && fault instanceof CrmFault && fault.status === 404) return []
    throw fault
  }
}

/**
 * `%` stands for whatever separates digits in the spelling. Only who is active is asked for: a lead that was qualified stays beside the
 * contact that was made of it, and a contact that was merged beside the one that it went into, with the same number.
 */
function writeFilter(phoneFields: readonly string[], { local }: SpokenNumber): string {
  const pattern = [...local].join('%')
  const contains = phoneFields.map((field) => `contains(${field},'${pattern}')`).join(' or ')
  return `(${contains}) and statecode eq 0`
}

function describeRow(
  { baseUrl }: CrmApi,
  kind: string,
  { idField, nameField, companyField = '', phoneFields }: Table,
  row: Readonly<Record<string, unknown>>,
): CrmContact {
  const read = (field: string) => {
    const value = row[field]
    return typeof value === 'string' ? value : undefined
  }
  const recordId = String(row[idField])
  return describeContact({
    id: recordId,
    kind,
    name: read(nameField),
    company: read(companyField + NAME_OF) ?? read(companyField),
    numbers: phoneFields.map(read),
    ownerName: read(`_ownerid_value${NAME_OF}`),
    url: `${baseUrl}/main.aspx?pagetype=entityrecord&etn=${kind}&id=${recordId}`,
  })
}

/** The column for the text as an organisation has it at first; it can be made longer. */
const MAX_TEXT = 2000
const TEXT_COLUMN = `${API}/EntityDefinitions(LogicalName='phonecall')/Attributes(LogicalName='description')`

async function describeText(api: CrmApi, { body }: RecordToWrite): Promise<string> {
  return body.length <= MAX_TEXT ? body : fitBody(body, await findMaxText(api))
}

async function findMaxText(api: CrmApi): Promise<number> {
  const path = `${TEXT_COLUMN}/Microsoft.Dynamics.CRM.MemoAttributeMetadata`
  const query = { $select: 'MaxLength' }
  const asked = api.request(textColumn, { method: 'GET', path, query, headers: ODATA })
  return (await orIfRefused(asked, { MaxLength: MAX_TEXT })).MaxLength
}

function describePhoneCall(record: RecordToWrite, description: string): Readonly<Record<string, unknown>> {
  const { call, contact, ownerId, title } = record
  const isOutgoing = call.direction === 'Outbound'
  const regarding = contact && { [`regardingobjectid_${contact.kind}_phonecall@odata.bind`]: addressOf(contact) }
  const owner = ownerId && { 'ownerid@odata.bind': `/systemusers(${ownerId})` }
  const parties = [
    ...(ownerId === undefined
      ? []
      : [
          {
            'partyid_systemuser@odata.bind': `/systemusers(${ownerId})`,
            participationtypemask: isOutgoing ? FROM : TO,
          },
        ]),
    ...(contact === undefined
      ? []
      : [
          { [`partyid_${contact.kind}@odata.bind`]: addressOf(contact), participationtypemask: isOutgoing ? TO : FROM },
        ]),
  ]
  return {
    subject: title,
    ...(call.customerNumber !== undefined && { phonenumber: call.customerNumber }),
    directioncode: isOutgoing,
    actualstart: new Date(call.startedMs).toISOString(),
    actualend: new Date(call.endedMs).toISOString(),
    actualdurationminutes: toMinutes(call.durationMs),
    description,
    ...regarding,
    ...owner,
    ...(parties.length > 0 && { phonecall_activity_parties: parties }),
  }
}

function addressOf({ kind, id }: CrmContact): string {
  return `/${TABLES[kind]?.path ?? 'contacts'}(${id})`
}

function pathOf(recordId: string): string {
  return `${API}/phonecalls(${recordId})`
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${baseUrl}/main.aspx?pagetype=entityrecord&etn=phonecall&id=${recordId}` }
}
