import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CrmFault } from '../../../../relay/crm/api.ts'
import type { Connector, RecordToWrite, Written } from '../../../../relay/crm/connector.ts'
import { DYNAMICS } from '../../../../relay/crm/connectors/dynamics.ts'
import { FRESHDESK } from '../../../../relay/crm/connectors/freshdesk.ts'
import { hubspot } from '../../../../relay/crm/connectors/hubspot.ts'
import { PIPEDRIVE } from '../../../../relay/crm/connectors/pipedrive.ts'
import { SALESFORCE } from '../../../../relay/crm/connectors/salesforce.ts'
import { ZENDESK } from '../../../../relay/crm/connectors/zendesk.ts'
import { createZoho } from '../../../../relay/crm/connectors/zoho.ts'
import { assert } from '../../../../shared/assert.ts'
import { isSpokenAs } from '../../../../shared/crm/crm-digits.ts'
import { describeDynamics } from '../../../crm-stand-ins/dynamics.ts'
import { FRESHDESK_MANNER } from '../../../crm-stand-ins/freshdesk.ts'
import { startHubSpotAsCrm } from '../../../crm-stand-ins/hubspot-as-crm.ts'
import { PIPEDRIVE_MANNER } from '../../../crm-stand-ins/pipedrive.ts'
import { describeSalesforce } from '../../../crm-stand-ins/salesforce.ts'
import { type CrmManner, type CrmStandIn, startCrm } from '../../../crm-stand-ins/stand-in.ts'
import { ZENDESK_MANNER } from '../../../crm-stand-ins/zendesk.ts'
import { ZOHO_MANNER } from '../../../crm-stand-ins/zoho.ts'
import { speak } from '../support/speak.ts'
import { openApi } from '../support/stand-ins.ts'
import { recordToWrite, WRITTEN_MS } from '../support/written-record.ts'

/** What every connector does, against the stand-in of its CRM. */

type StandIn = CrmStandIn | Omit<CrmStandIn, 'tokens'>

interface Case {
  readonly name: string
  readonly connector: Connector
  /** How its stand-in does what they all do; absent where it has one of its own. */
  readonly manner?: CrmManner
  /** Where its pages are; those of a stand-in have its own address. */
  readonly pages?: string
  /** The request that makes a record. */
  readonly writing: RegExp
  /** A field of a record, and where in the request it is refused. */
  readonly field: string
  /** Of a call of 89,500 ms; of 29,999 ms. Absent where the CRM has no field for it. */
  readonly duration?: { readonly field: string; readonly long: unknown; readonly short: unknown }
  /** Who the record is about and whose it is, as the CRM has them. */
  readonly link: Readonly<Record<string, unknown>>
}

const CASES: readonly Case[] = [
  {
    name: 'HubSpot',
    connector: hubspot,
    pages: 'https://app.hubspot.com/contacts/4200100/',
    writing: /^POST .*calls/,
    field: 'hs_call_title',
    duration: { field: 'hs_call_duration', long: '89500', short: '29999' },
    link: {
      contactIds: ['101'],
      hubspot_owner_id: '9001',
      hs_call_direction: 'INBOUND',
      hs_call_status: 'COMPLETED',
      hs_timestamp: String(Date.parse('2026-11-30T16:20:05.250Z')),
    },
  },
  {
    name: 'Salesforce',
    connector: SALESFORCE,
    manner: describeSalesforce(),
    writing: /^PATCH .*Ringside_Call__c/,
    field: 'CallDisposition',
    duration: { field: 'CallDurationInSeconds', long: 90, short: 30 },
    link: { WhoId: '101', OwnerId: '9001', CallType: 'Inbound', Status: 'Completed', ActivityDate: '2026-12-01' },
  },
  {
    name: 'Salesforce without the field for the key',
    connector: SALESFORCE,
    manner: describeSalesforce({ hasExternalId: false }),
    writing: /^POST .*Task$/,
    field: 'CallDisposition',
    duration: { field: 'CallDurationInSeconds', long: 90, short: 30 },
    link: { WhoId: '101', OwnerId: '9001' },
  },
  {
    name: 'Zendesk',
    connector: ZENDESK,
    manner: ZENDESK_MANNER,
    writing: /^POST .*tickets/,
    field: 'tags',
    link: {
      requester_id: 101,
      assignee_id: 9001,
      status: 'solved',
      comments: [expect.objectContaining({ public: false })],
    },
  },
  {
    name: 'Dynamics 365',
    connector: DYNAMICS,
    manner: describeDynamics(),
    writing: /^PATCH .*phonecalls/,
    field: 'phonenumber',
    duration: { field: 'actualdurationminutes', long: 1, short: 0 },
    link: {
      'regardingobjectid_contact_phonecall@odata.bind': '/contacts(101)',
      'ownerid@odata.bind': '/systemusers(9001)',
      directioncode: false,
      statecode: 1,
      statuscode: 4,
      phonecall_activity_parties: [
        { 'partyid_systemuser@odata.bind': '/systemusers(9001)', participationtypemask: 2 },
        { 'partyid_contact@odata.bind': '/contacts(101)', participationtypemask: 1 },
      ],
    },
  },
  {
    name: 'Pipedrive',
    connector: PIPEDRIVE,
    manner: PIPEDRIVE_MANNER,
    writing: /^POST .*activities/,
    field: 'due_time',
    duration: { field: 'duration', long: '00:01', short: '00:00' },
    link: {
      participants: [{ person_id: 101, primary: true }],
      owner_id: 9001,
      done: true,
      due_date: '2026-11-30',
      due_time: '16:20',
    },
  },
  {
    name: 'Zoho CRM',
    connector: createZoho('http://127.0.0.1'),
    manner: ZOHO_MANNER,
    writing: /^POST .*Calls/,
    field: 'Call_Duration',
    duration: { field: 'Call_Duration', long: '01:30', short: '00:30' },
    link: {
      Who_Id: { id: '101' },
      Owner: { id: '9001' },
      Call_Type: 'Inbound',
      Call_Start_Time: '2026-11-30T16:20:05+00:00',
    },
  },
  {
    name: 'Freshdesk',
    connector: FRESHDESK,
    manner: FRESHDESK_MANNER,
    writing: /^POST .*tickets/,
    field: 'tags',
    link: { requester_id: 101, responder_id: 9001, source: 3, status: 5 },
  },
]

describe.each(CASES)('$name', ({ connector, manner, pages, writing, field, duration, link }) => {
  let standIn: StandIn

  beforeEach(async () => {
    standIn = await (manner === undefined ? startHubSpotAsCrm() : startCrm(manner, { nowMs: () => WRITTEN_MS }))
    await connector.prepare?.(api())
  })
  afterEach(() => standIn.close())

  const api = () => openApi(connector, standIn)

  it.each(speak('+14085550199').spellings)('finds somebody whose number was typed as %s', async (phone) => {
    standIn.addPerson({ id: '120', kind: 'contact', name: 'Nadia Roth', company: 'Roth Rentals', phone })
    const number = speak('+14085550199')
    const found = (await connector.findContacts(api(), number)).filter(({ numbers }) =>
      numbers.some((one) => isSpokenAs(number, one)),
    )
    expect(found).toEqual([
      expect.objectContaining({
        id: '120',
        name: 'Nadia Roth',
        company: 'Roth Rentals',
        numbers: [phone],
        url: expect.stringMatching(/^https?:.*120/),
      }),
    ])
  })

  it('finds everybody who has a number, once each', async () => {
    standIn.addPerson({ id: '120', kind: 'contact', name: 'Ben Winter', phone: '+14085550123' })
    const found = await connector.findContacts(api(), speak('+14085550123'))
    expect(found.map(({ name }) => name).toSorted()).toEqual(['Ada Winter', 'Ben Winter'])
  })

  it('finds nobody by a number that nobody has, and makes nobody up', async () => {
    expect(await connector.findContacts(api(), speak('+14085550177'))).toEqual([])
    expect(standIn.people()).toHaveLength(3)
  })

  it('does not find whom the index does not have yet', async () => {
    const catchUp = standIn.misbehave.lagIndex()
    standIn.addPerson({ id: '120', kind: 'contact', name: 'Nadia Roth', phone: '+14085550199' })
    expect(await connector.findContacts(api(), speak('+14085550199'))).toEqual([])
    catchUp()
    expect(await connector.findContacts(api(), speak('+14085550199'))).toHaveLength(1)
  })

  it('knows its users by their e-mail address', async () => {
    expect(await connector.findOwner(api(), 'bea.lindqvist@northwind.example')).toBe('9001')
    expect(await connector.findOwner(api(), 'Sam.Okafor@Northwind.example')).toBe('9002')
    expect(await connector.findOwner(api(), 'otto.fremd@fabrikam.example')).toBeUndefined()
  })

  it('writes who it is about, whose it is and what was said, and links to the page', async () => {
    const record = await ofAda(connector, standIn)
    const written = await connector.write(api(), record)
    const [call] = standIn.calls()
    expect(call?.id).toBe(written.recordId)
    expect(call?.fields).toMatchObject(link)
    expect(Object.values(call?.fields ?? {})).toContain('Call from Ada Winter')
    expect(plainText(standIn)).toContain('Talk 77.086 s, hold 12.414 s')
    expect(plainText(standIn)).toContain('asked for <blue> frames & "two" bells')
    expect(written.url).toContain(pages ?? standIn.url)
    expect(written.url).toContain(written.recordId)
  })

  it('writes durations in its own unit, half of one rounded up', async () => {
    const record = await ofAda(connector, standIn)
    await connector.write(api(), record)
    await connector.write(api(), withDuration(record, 29_999))
    if (duration === undefined) return expect(standIn.calls()).toHaveLength(2)
    expect(standIn.calls().map(({ fields }) => fields[duration.field])).toEqual([duration.long, duration.short])
  })

  it('makes one record where the answer was lost', async () => {
    const record = await ofAda(connector, standIn)
    standIn.misbehave.loseAnswer(writing)
    await expect(connector.write(api(), record)).rejects.toMatchObject({ kind: 'away' })
    const written = await writeAgain(connector, standIn, record)
    expect(standIn.countCalls(record.key)).toBe(1)
    expect(standIn.calls()).toHaveLength(1)
    expect(written.recordId).toBe(standIn.calls()[0]?.id)
  })

  it('makes one record where the request was lost', async () => {
    const record = await ofAda(connector, standIn)
    standIn.misbehave.loseRequest(writing)
    await expect(connector.write(api(), record)).rejects.toMatchObject({ kind: 'away' })
    await writeAgain(connector, standIn, record)
    expect(standIn.countCalls(record.key)).toBe(1)
  })

  it('looks a record up by its key, among others, whatever the index has', async () => {
    const catchUp = standIn.misbehave.lagIndex()
    const record = await ofAda(connector, standIn)
    const other = { ...record, key: `${record.key}1`, uuid: '1d6f7f0a-5c1e-5b0e-9a53-4b3f0a7c2d12' }
    const others = { ...other, body: record.body.replace(/.*$/, `Ringside ${other.key}`) }
    expect(await connector.lookUp(api(), record)).toBeUndefined()
    await connector.write(api(), others)
    expect(await connector.lookUp(api(), record)).toBeUndefined()
    const written = await connector.write(api(), record)
    expect(await connector.lookUp(api(), record)).toEqual(written)
    catchUp()
  })

  it('writes a note that was changed afterwards', async () => {
    const record = await ofAda(connector, standIn)
    const { recordId } = await connector.write(api(), record)
    const body = record.body.replace('Note: asked for', 'Note: ordered')
    assert(connector.updateNote !== undefined, 'it has notes')
    await connector.updateNote(api(), recordId, { ...record, body })
    expect(standIn.calls()).toHaveLength(1)
    expect(plainText(standIn)).toContain('Note: ordered <blue> frames')
    expect(await connector.lookUp(api(), record)).toMatchObject({ recordId })
  })

  it('says no in the words of the CRM, until that is mended', async () => {
    const record = await ofAda(connector, standIn)
    const mend = standIn.misbehave.refuseField(field, 'No such value in this list')
    const fault = await connector.write(api(), record).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(CrmFault)
    expect(fault).toMatchObject({ kind: 'refused', words: expect.stringContaining('No such value in this list') })
    expect(standIn.calls()).toEqual([])
    mend()
    await connector.write(api(), record)
    expect(standIn.countCalls(record.key)).toBe(1)
  })

  it.each([
    [7, 7_000],
    [undefined, undefined],
  ])('tells a limit from a refusal, with %s s to wait', async (retryAfterS, retryAfterMs) => {
    standIn.misbehave.limit(retryAfterS)
    const fault = await connector.findOwner(api(), 'bea.lindqvist@northwind.example').catch((error: unknown) => error)
    expect(fault).toMatchObject({ kind: 'limited', retryAfterMs })
  })

  it('offers the form for a new contact of a number that it does not know', async () => {
    const [asked, number] = [api(), speak('+14085550177')]
    expect(await connector.findContacts(asked, number)).toEqual([])
    expect(connector.newContactUrl(asked, number)).toContain(pages ?? standIn.url)
  })

  it.runIf(connector.auth.key === undefined)(
    'knows a login that is over, and a refresh token that was used',
    async () => {
      assert(manner !== undefined && 'tokens' in standIn, 'its stand-in has logins')
      const { tokens } = standIn
      const now = api()
      const { refreshToken } = tokens.grant()
      tokens.expire()
      await expect(connector.findOwner(now, 'bea.lindqvist@northwind.example')).rejects.toMatchObject({
        kind: 'unauthorized',
      })
      const refresh = () =>
        fetch(standIn.url + manner.tokenPath, {
          method: 'POST',
          body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
        })
      expect((await refresh()).status).toBe(200)
      expect((await refresh()).status).toBe(400)
      expect(tokens.wasReused()).toBe(true)
    },
  )

  /** What people read, without the marks of HTML. */
  function plainText({ calls, textOf }: StandIn): string {
    const text = calls().map(textOf).join('\n')
    return /<br>/.test(text)
      ? text
          .replaceAll('<br>', '\n')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&')
      : text
  }
})

async function ofAda(connector: Connector, standIn: StandIn): Promise<RecordToWrite> {
  const [contact] = await connector.findContacts(openApi(connector, standIn), speak('+14085550123'))
  assert(contact !== undefined, 'she is in the stand-in')
  return recordToWrite({ contact, ownerId: '9001' })
}

function withDuration(record: RecordToWrite, durationMs: number): RecordToWrite {
  const key = `${record.key}-2`
  return { ...record, key, uuid: '2d6f7f0a-5c1e-5b0e-9a53-4b3f0a7c2d13', call: { ...record.call, durationMs } }
}

/** What the outbox does with a record of which it does not know whether it was written. */
async function writeAgain(connector: Connector, standIn: StandIn, record: RecordToWrite): Promise<Written> {
  const api = openApi(connector, standIn)
  const before = connector.exactness === 'lookUp' ? await connector.lookUp(api, record) : undefined
  return before ?? connector.write(api, record)
}
