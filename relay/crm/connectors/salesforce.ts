import * as v from 'valibot'
import type { SpokenNumber } from '../../../shared/crm/crm-digits.ts'
import { nameOutcome } from '../../../shared/crm/record-body.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { type CrmApi, CrmFault } from '../api.ts'
import type { Connector, RecordToWrite, Written } from '../connector.ts'
import { describeContact, id, selectOnly, text } from './contact.ts'
import { fitBody } from './fit-body.ts'
import { findClosedStatus, findDate, querySalesforce, SALESFORCE_API } from './salesforce-org.ts'
import { toSeconds } from './units.ts'

/**
 * A call is a completed task of the kind Call. It is kept one by an external id: the field `Ringside_Call__c` of activities, unique, which
 * an administrator makes. Where there is none the key is looked for in `CallObject`, by a query that knows at once what was written.
 */

const API = SALESFORCE_API
const EXTERNAL_ID = 'Ringside_Call__c'
const MAX_SUBJECT = 255
const MAX_DESCRIPTION = 32_000

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
    return searchRecords
      .filter((record) => !isPersonAgain(record, searchRecords))
      .map((record) =>
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
    return selectOnly(
      await findIds(api, `SELECT Id FROM User WHERE Email = ${quote(email)} AND IsActive = true LIMIT 2`),
    )
  },

  async write(api, record) {
    const task = await describeTask(api, record)
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
    await api.request(v.unknown(), { method: 'PATCH', path, body: { Description: fitBody(body, MAX_DESCRIPTION) } })
  },

  newContactUrl({ baseUrl }, { e164 }) {
    return `${baseUrl}/lightning/o/Contact/new?defaultFieldValues=${encodeURIComponent(`Phone=${e164}`)}`
  },

  // A lock is another request's that writes to the same contact or company at this moment.
  isLimit: (status, answer) =>
    (status === 403 && /limit exceeded/i.test(answer)) || answer.includes('UNABLE_TO_LOCK_ROW'),
}

const name = v.optional(v.nullable(v.object({ Name: text })))
const foundRecords = v.object({
  searchRecords: v.array(
    v.object({
      attributes: v.object({ type: v.string() }),
      Id: id,
      Name: text,
      Company: text,
      AccountId: v.optional(v.nullable(id)),
      Account: name,
      Phone: text,
      MobilePhone: text,
      HomePhone: text,
      OtherPhone: text,
      Owner: name,
    }),
  ),
})
const savedRecord = v.object({ id })

/** The index knows a number by its digits and by the groups in which it was typed. */
function writeSearch({ national, digits, spellings }: SpokenNumber): string {
  const terms = [...new Set([national, digits, ...spellings])]
  return [
    `FIND {${terms.map((term) => `"${term.replace(/[&|!(){}[\]^"~*?:\\'+-]/g, '\\$&')}"`).join(' OR ')}}`,
    'IN PHONE FIELDS RETURNING',
    'Contact(Id,Name,AccountId,Account.Name,Phone,MobilePhone,HomePhone,OtherPhone,Owner.Name),',
    // A lead that was converted stays beside the contact that was made of it, for those who may see such.
    'Lead(Id,Name,Company,Phone,MobilePhone,Owner.Name WHERE IsConverted = false),',
    'Account(Id,Name,Phone,Owner.Name)',
    'LIMIT 20',
  ].join(' ')
}

type FoundRecord = v.InferOutput<typeof foundRecords>['searchRecords'][number]

/** A person account is an account and a contact of one name. */
function isPersonAgain({ attributes, Id, Name }: FoundRecord, found: readonly FoundRecord[]): boolean {
  return attributes.type === 'Account' && found.some((one) => one.AccountId === Id && one.Name === Name)
}

async function findIds(api: CrmApi, q: string): Promise<readonly string[]> {
  return (await querySalesforce(api, v.object({ Id: id }), q)).map(({ Id }) => Id)
}

function quote(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`
}

async function lookUp(api: CrmApi, { key }: RecordToWrite): Promise<Written | undefined> {
  const [found] = await findIds(api, `SELECT Id FROM Task WHERE CallObject = ${quote(key)} LIMIT 1`)
  return found === undefined ? undefined : describeWritten(api, found)
}

function describeWritten({ baseUrl }: CrmApi, recordId: string): Written {
  return { recordId, url: `${baseUrl}/lightning/r/Task/${recordId}/view` }
}

async function describeTask(
  api: CrmApi,
  { key, call, contact, ownerId, title, body }: RecordToWrite,
): Promise<Readonly<Record<string, unknown>>> {
  return {
    Subject: title.slice(0, MAX_SUBJECT),
    TaskSubtype: 'Call',
    Status: await findClosedStatus(api),
    ActivityDate: await findDate(api, call.startedMs, ownerId),
    CallType: call.direction,
    CallDurationInSeconds: toSeconds(call.durationMs),
    CallDisposition: nameOutcome(call.outcome),
    CallObject: key,
    Description: fitBody(body, MAX_DESCRIPTION),
    // People are "who", companies "what".
    ...(contact !== undefined && { [contact.kind === 'account' ? 'WhatId' : 'WhoId']: contact.id }),
    ...(ownerId !== undefined && { OwnerId: ownerId }),
  }
}

function isFieldMissing({ status, words }: CrmFault): boolean {
  return status === 404 && words.includes(EXTERNAL_ID)
}
