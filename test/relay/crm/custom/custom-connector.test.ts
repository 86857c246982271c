import * as v from 'valibot'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CrmApi } from '../../../../relay/crm/api.ts'
import type { Connector } from '../../../../relay/crm/connector.ts'
import { findBaseUrl } from '../../../../relay/crm/connectors/find-connector.ts'
import { type CrmFile, crmFile } from '../../../../relay/crm/custom/crm-file.ts'
import { createCustomConnector } from '../../../../relay/crm/custom/custom-connector.ts'
import { tryCrmFile } from '../../../../relay/crm/custom/try-crm-file.ts'
import { assert } from '../../../../shared/assert.ts'
import { speakNumber } from '../../../../shared/crm/crm-digits.ts'
import { BIKE_SHOP_MANNER } from '../../../crm-stand-ins/bike-shop.ts'
import SHOP from '../../../crm-stand-ins/bike-shop-crm.json' with { type: 'json' }
import { type CrmStandIn, startCrm } from '../../../crm-stand-ins/stand-in.ts'
import { openApi } from '../support/stand-ins.ts'
import { recordToWrite } from '../support/written-record.ts'

const NUMBER = speakNumber('+14085550123')
assert(NUMBER !== undefined, 'it is a number')
const number = NUMBER

let standIn: CrmStandIn
let file: CrmFile
let connector: Connector
let api: CrmApi

beforeEach(async () => {
  standIn = await startCrm(BIKE_SHOP_MANNER)
  use(SHOP)
})
afterEach(() => standIn.close())

it('finds contacts where the file says', async () => {
  expect(await connector.findContacts(api, number)).toEqual([
    {
      id: '101',
      kind: 'contact',
      name: 'Ada Winter',
      company: 'Harbor Couriers',
      numbers: ['(408) 555-0123'],
      url: `https://${new URL(standIn.url).host}/people/101`,
    },
  ])
})

it('believes an answer that has no numbers', async () => {
  const { responseMapping, ...findContact } = SHOP.operations.findContact
  const item = { ...responseMapping.item, phonePath: 'nowhere' }
  use({
    ...SHOP,
    operations: { ...SHOP.operations, findContact: { ...findContact, responseMapping: { ...responseMapping, item } } },
  })
  expect(await connector.findContacts(api, number)).toMatchObject([{ name: 'Ada Winter', numbers: ['+14085550123'] }])
})

it('knows users by their address, or none without a list', async () => {
  expect(await connector.findOwner(api, 'Bea.Lindqvist@northwind.example')).toBe('9001')
  expect(await connector.findOwner(api, 'otto.fremd@fabrikam.example')).toBeUndefined()
  const { getUserList: _, ...operations } = SHOP.operations
  use({ ...SHOP, operations })
  expect(await connector.findOwner(api, 'bea.lindqvist@northwind.example')).toBeUndefined()
})

it('writes a call as the file says, and its note', async () => {
  const [contact] = await connector.findContacts(api, number)
  assert(contact !== undefined, 'she is in the stand-in')
  const record = recordToWrite({ contact })
  const written = await connector.write(api, record)
  expect(written).toEqual({ recordId: '5001', url: `https://${new URL(standIn.url).host}/people/101/calls/5001` })
  expect(standIn.calls()[0]?.fields).toEqual({
    subject: 'Call from Ada Winter',
    description: record.body,
    start_date: '2026-11-30T16:20:05.250Z',
    end_date: '2026-11-30T16:21:42.095Z',
    seconds: 90,
    activity_code_id: 3,
    linked_contacts: [{ contact_id: '101' }],
  })
  await connector.updateNote?.(api, written.recordId, { ...record, body: 'Note: ordered' })
  expect(standIn.calls().map(({ fields }) => fields.description)).toEqual(['Note: ordered'])
})

it('asks a person about a call whose answer was lost, where the file has no way to look', async () => {
  standIn.misbehave.loseAnswer(/^POST/)
  const record = recordToWrite()
  await expect(connector.write(api, record)).rejects.toMatchObject({ kind: 'away' })
  await expect(connector.lookUp(api, record)).rejects.toMatchObject({
    kind: 'refused',
    words: expect.stringContaining('look in Bike Shop CRM whether the call is there'),
  })
  expect(standIn.countCalls(record.key)).toBe(1)
})

it('looks a call up, where the file says how', async () => {
  const findCallLog = {
    url: '/activities',
    query: { q: '{{marker}}' },
    responseMapping: { listPath: 'body.activities', item: { idPath: 'id', fullBodyPath: 'description' } },
  }
  use({ ...SHOP, operations: { ...SHOP.operations, findCallLog } })
  const record = recordToWrite()
  expect(await connector.lookUp(api, record)).toBeUndefined()
  const other = recordToWrite({ key: `${record.key}1` })
  await connector.write(api, other)
  expect(await connector.lookUp(api, record)).toBeUndefined()
  standIn.misbehave.loseAnswer(/^POST/)
  await expect(connector.write(api, record)).rejects.toMatchObject({ kind: 'away' })
  expect(await connector.lookUp(api, record)).toMatchObject({ recordId: '5002' })
})

it('takes an answer without the id for one that was lost', async () => {
  const { createCallLog } = SHOP.operations
  use({
    ...SHOP,
    operations: { ...SHOP.operations, createCallLog: { ...createCallLog, responseMapping: { idPath: 'body.id' } } },
  })
  await expect(connector.write(api, recordToWrite())).rejects.toMatchObject({
    kind: 'away',
    words: 'Its answer has no id at body.id.',
  })
})

it.each([
  ['HTML', 'text/html', 'Talk 77.086 s, hold 12.414 s<br>Note: asked for &lt;blue&gt; frames'],
  ['Markdown', 'text/markdown', 'Talk 77.086 s, hold 12.414 s  \nNote: asked for <blue> frames'],
] as const)('writes the details as %s where the file wants it', async (_what, logFormat, text) => {
  use({ ...SHOP, meta: { ...SHOP.meta, logFormat } })
  await connector.write(api, recordToWrite())
  expect(standIn.calls()[0]?.fields.description).toContain(text)
})

it('is tried: what is asked, what came back, what would be written, and no secret', async () => {
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const asker = { key: standIn.key, baseUrl: `${standIn.url}/api` }
  standIn.addPerson({ id: '120', kind: 'lead', name: 'Ben Stone', phone: '+44 14085550123' })
  const isGood = await tryCrmFile(file, { number, asker, nowMs: Date.parse('2026-11-30T16:22:00Z'), print })
  const text = lines.join('\n')
  expect(isGood).toBe(true)
  expect(text).toContain(`GET ${standIn.url}/api/contacts?phone=%2B14085550123&national=4085550123`)
  expect(text).toContain('It answered 200:')
  expect(text).toMatch(/Ada Winter \| Harbor Couriers \| contact 101 \| \(408\) 555-0123 \| \S+\/people\/101$/m)
  expect(text).toMatch(/Ben Stone .* \(another number: left out\)$/m)
  expect(text).toContain(`POST ${standIn.url}/api/activities`)
  expect(text).toContain('"contact_id": "101"')
  expect(standIn.calls()).toEqual([])
  for (const secret of [standIn.key, Buffer.from(`${standIn.key}:`).toString('base64'), 'shop-secret'])
    expect(text).not.toContain(secret)
})

it('is tried with a key that the CRM does not take, and says its words', async () => {
  const lines: string[] = []
  const asker = { key: 'another', baseUrl: `${standIn.url}/api` }
  expect(await tryCrmFile(file, { number, asker, nowMs: 0, print: (line) => void lines.push(line) })).toBe(false)
  expect(lines.at(-1)).toBe('The CRM does not take the login (401): The access token expired')
})

it('has its address from the file, with the host of RELAY_CRM_URL where that is left open', () => {
  expect(findBaseUrl(file, 'https://shop.example')).toBe('https://shop.example/api')
  expect(() => findBaseUrl(file, undefined)).toThrow('RELAY_CRM_URL is missing')
  const fixed = { ...file, requestDefaults: { ...file.requestDefaults, baseUrl: 'https://api.shop.example/v1/' } }
  expect(findBaseUrl(fixed, undefined)).toBe('https://api.shop.example/v1')
  expect(findBaseUrl(fixed, 'http://127.0.0.1:9')).toBe('http://127.0.0.1:9')
})

function use(changed: unknown): void {
  file = v.parse(crmFile, changed)
  const asker = { key: standIn.key, baseUrl: `${standIn.url}/api` }
  connector = createCustomConnector(file, asker)
  api = openApi(connector, standIn, asker.baseUrl)
}
