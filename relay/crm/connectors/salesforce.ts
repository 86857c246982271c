import * as v from 'valibot'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault } from '../api.ts'
import type { Connector, RecordToWrite, Written } from '../connector.ts'
import { describeContact, id, selectOnly, text } from './contact.ts'
import { toSeconds } from './units.ts'

/**
 * A call is a completed task of the kind Call. It is kept one by an external id: the field `Ringside_Call__c` of activities, unique, which
 * an administrator makes. Where there is none the key is looked for in `CallObject`, by a query that knows at once what was written.
 */

const API = '/services/data/v64.0'
const EXTERNAL_ID = 'Ringside_Call__c'
const MAX_SUBJECT = 255

export const SALESFORCE: Connector = {
  name: 'salesforce',
  displayName: 'Salesforce',
  auth: {
    oauth: {
      authorizeUrl: '{base}/services/oauth2/authorize',
      tokenUrl: '{base}/services/oauth2/token',
      revokeUrl: '{base}/services/oauth2/revoke',
      scopes: ['api', 'refresh_token'],
      clientAuth: 'post',
      baseUrlField: 'instance_url',
    },
  },
  // It counts by the day, from 15,000 on, and lets 25 long requests go on at once.
  budget: { requests: 10, perMs: SECOND_MS },
  exactness: 'native',

  async findContacts(api, number) {
    const { searchRecords } = await api.request(foundRecords, {
      method: 'GET',
      path: `${API}/search`,
      query: { q: writeSearch(number) },
    })
    return searchRecords.map((record) =>
      describeContact({
        id: record.Id,
        kind: record.attributes.type.toLowerCase(),
        name: record.Name,
        company: record.Company ?? record.Account?.Name,
        numbers: [record.Phone, record.MobilePhone, record.HomePhone, record.OtherPhone],
        ownerName: record.Owner?.Name,
        url: `${api.baseUrl}/lightning/r/${record.attributes.type}/${record.Id}/view`,
      }),
    )
  },

  async findOwner(api, email) {
    return selectOnly(await query(api, `SELECT Id FROM User WHERE Email = ${quote(email)} AND IsActive = true LIMIT 2`))
  },

  async write(api, record) {
    const task = describeTask(record)
    try {
      const path = `${API}/sobjects/Task/${EXTERNAL_ID}/${encodeURIComponent(record.key)}`
      const { id } = await api.request(savedRecord, { method: 'PATCH', path, body: task })
      return describeWritten(api, id)
    } catch (fault) {
      if (!(fault instanceof CrmFault && isFieldMissing(fault))) throw fault
    }
    const before = await lookUp(api, record)
    if (before !== undefined) return before
    const { id } = await api.request(savedRecord, { method: 'POST', path: `${API}/sobjects/Task`, body: task })
    return describeWritten(api, id)
  },

  lookUp,

  async updateNote(api, recordId, { body }) {
    const path = `${API}/sobjects/Task/${encodeURIComponent(recordId)}`
    await api.request(v.unknown(), { method: 'PATCH', path, body: { Description: body } })
  },

  newContactUrl({ baseUrl }, { e164 }) {
    return `${baseUrl}/lightning/o/Contact/new?defaultFieldValues=${encodeURIComponent(`Phone=${e164}`)}`
  },

  isLimit: (status, words) => status === 403 && /limit exceeded/i.test(words),
}

const name = v.optional(v.nullable(v.object({ Name: text })))
const foundRecords = v.object({
  searchRecords: v.array(
    v.object({
      attributes: v.object({ type: v.string() }),
      Id: id,
      Name: text,
      Company: text,
      Account: name,
      Phone: text,
      MobilePhone: text,
      HomePhone: text,
      OtherPhone: text,
      Owner: name,
    }),
  ),
})
const queriedRecords = v.object({ records: v.array(v.object({ Id: id })) })
const savedRecord = v.object({ id })

/** The index knows a number by its digits and by the groups in which it was typed. */
function writeSearch({ national, digits, spellings }: SpokenNumber): string {
  const terms = [...new Set([national, digits, ...spellings])]
  return [
    `FIND {${terms.map((term) => `"${term.replace(/[&|!(){}[\]^"~*?:\\'+-]/g, '\\$&')}"`).join(' OR ')}}`,
    'IN PHONE FIELDS RETURNING',
    'Contact(Id,Name,Account.Name,Phone,MobilePhone,HomePhone,OtherPhone,Owner.Name),',
    'Lead(Id,Name,Company,Phone,MobilePhone,Owner.Name),',
    'Account(Id,Name,Phone,Owner.Name)',
    'LIMIT 20',
  ].join(' ')
}

async function query(api: CrmApi, q: string): Promise<readonly string[]> {
  const { records } = await api.request(queriedRecords, { method: 'GET', path: `${API}/query`, query: { q } })
  return records.map(({ Id }) => Id)
}

function quote(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`
}

async function lookUp(api: CrmApi, { key }: RecordToWrite): Promise<Written | undefined> {
  const [found] = await query(api, `SELECT Id FROM Task WHERE CallObject = ${quote(key)} LIMIT 1`)
  return found === undefined ? undefined : describeWritten(api, found)
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${baseUrl}/lightning/r/Task/${recordId}/view` }
}

function describeTask({ key, call, contact, ownerId, title, body }: RecordToWrite): Readonly<Record<string, unknown>> {
  return {
    Subject: title.slice(0, MAX_SUBJECT),
    TaskSubtype: 'Call',
    Status: 'Completed',
    ActivityDate: new Date(call.startedMs).toISOString().slice(0, 10),
    CallType: call.direction,
    CallDurationInSeconds: toSeconds(call.durationMs),
    CallDisposition: call.outcome,
    CallObject: key,
    Description: body,
    // People are "who", companies "what".
    ...(contact !== undefined && { [contact.kind === 'account' ? 'WhatId' : 'WhoId']: contact.id }),
    ...(ownerId !== undefined && { OwnerId: ownerId }),
  }
}

function isFieldMissing({ status, words }: CrmFault): boolean {
  return status === 404 && words.includes(EXTERNAL_ID)
}
