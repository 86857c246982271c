import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../../relay/command-line/run-command.ts'
import {
  type CrmRecordJson,
  type CrmRecordsAnswer,
  type CrmState,
  crmAnswer,
  crmMatchesAnswer,
  crmRecordsAnswer,
} from '../../../shared/protocol/http/crm.ts'
import { type HubSpotStandIn, startHubSpot } from '../../crm-stand-ins/hubspot.ts'
import { eventually } from '../../support/eventually.ts'
import { relayEnvironment } from '../../support/relay-environment.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'

/** The CRM record in a whole relay, beside the stand-ins of RingCentral and HubSpot. */

const [BEA, SAM, INES] = ['400102', '400104', '400101'] as const
const [ADA, GRACE, KATHERINE] = ['+14085550123', '+12065550147', '+12065550189'] as const

/** A person wants another try. */
const AGAIN = Object.fromEntries([['retry', true]])

let hubspot: HubSpotStandIn
let fixture: RelayFixture
let bea: string
let sam: string
let ines: string

beforeAll(async () => {
  hubspot = await startHubSpot()
  const owner = hubspot.addOwner({ firstName: 'Bea', lastName: 'Lindqvist', email: 'bea.lindqvist@northwind.example' })
  hubspot.addContact({
    firstname: 'Ada',
    lastname: 'Winter',
    company: 'Harbor Couriers',
    phone: '(408) 555-0123',
    hubspot_owner_id: owner,
  })
  hubspot.addContact({ firstname: 'Grace', lastname: 'Okoye', mobilephone: '+1 206-555-0147' })
  hubspot.addContact({ firstname: 'Gustav', lastname: 'Okoye', phone: '206.555.0147' })
  const settings = { crm: 'hubspot', crmUrl: hubspot.url, crmKey: hubspot.key, crmWaitMs: 0, supervisors: [INES] }
  fixture = await startFixture({ settings })
  bea = (await signIn(fixture, BEA)).token
  sam = (await signIn(fixture, SAM)).token
  ines = (await signIn(fixture, INES)).token
})
afterAll(async () => {
  await fixture.close()
  await hubspot.close()
})

function ask(path: string, token: string, body?: unknown): Promise<Response> {
  return fetch(`${fixture.relay.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { origin: EXTENSION_ORIGIN, authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

const readRecords = async (token: string, query = ''): Promise<CrmRecordsAnswer> =>
  v.parse(crmRecordsAnswer, await (await ask(`/v1/crm/records${query}`, token)).json())

const recordIn = (state: CrmState, key: string, token = bea): Promise<CrmRecordJson> =>
  eventually(async () => {
    const found = (await readRecords(token)).records.find((one) => one.key === key)
    if (found?.state !== state) throw new Error(`it is ${found?.state}: ${found?.words}`)
    return found
  })

/** Somebody calls a person, who answers; resolves when it is over. */
async function talk(from: string, to: string, meanwhile: (id: string) => Promise<unknown> = async () => undefined) {
  const call = fixture.platform.placeCall({ from, to })
  await eventually(() => call.answer())
  await call.settled()
  await meanwhile(call.telephonySessionId)
  call.hangUp('caller')
  await call.settled()
  return call.telephonySessionId
}

/** What `npm run relay -- crm` prints. */
async function runCrm(...words: readonly string[]): Promise<readonly string[]> {
  const environment = {
    ...relayEnvironment(fixture.platform),
    RELAY_DATA_DIR: fixture.settings.dataFolder,
    RELAY_CRM: 'hubspot',
  }
  const lines: string[] = []
  const output = { print: (line: string) => lines.push(line), complain: (line: string) => lines.push(line) }
  expect(await runCommand(['crm', ...words], environment, output), lines.join()).toBe(0)
  return lines
}

const writtenOf = (key: string) => hubspot.calls().filter(({ properties }) => properties.ringside_call === key)
const bodyOf = (key: string) => writtenOf(key)[0]?.properties.hs_call_body?.split('<br>') ?? []

it('says that no customer has called yet', async () => {
  expect(await runCrm()).toEqual([expect.stringMatching(/^No customer call that began since \S+ \S+Z is over\.$/)])
})

describe('a relay with HubSpot', () => {
  it('writes a call once, with its contact, its owner and its figures, and tells its people', async () => {
    const key = await talk(ADA, BEA)
    expect(await recordIn('logged', key)).toMatchObject({
      direction: 'Inbound',
      number: ADA,
      contact: { name: 'Ada Winter', company: 'Harbor Couriers', ownerName: 'Bea Lindqvist' },
      ownerName: 'Bea Lindqvist',
      tries: 1,
      recordUrl: 'https://app.hubspot.com/contacts/4200100/record/0-48/9000001',
    })
    const [call, ...others] = writtenOf(key)
    expect(others).toEqual([])
    expect(call).toMatchObject({
      properties: { hs_call_direction: 'INBOUND', hs_call_status: 'COMPLETED', hubspot_owner_id: '70000' },
      contactIds: ['1000001'],
    })
    expect(bodyOf(key)).toContainEqual(expect.stringMatching(/^Talk \d+\.\d{3} s$/))
    expect(bodyOf(key).at(-1)).toBe(`Ringside ${key}`)
    expect((await readRecords(ines)).records.map((one) => one.key)).toContain(key)
    expect((await readRecords(ines, '?mine=1')).records).toEqual([])
    expect((await readRecords(sam)).records).toEqual([])
  })

  it('asks a person where two have the number, and writes it for whom they choose', async () => {
    const key = await talk(GRACE, BEA)
    const record = await recordIn('ambiguous', key)
    expect(record.candidates?.map(({ name }) => name).sort()).toEqual(['Grace Okoye', 'Gustav Okoye'])
    expect(writtenOf(key)).toEqual([])
    const contactId = record.candidates?.find(({ name }) => name === 'Gustav Okoye')?.id
    expect((await ask(`/v1/crm/records/${key}`, sam, { contactId })).status).toBe(404)
    expect((await ask(`/v1/crm/records/${key}`, bea, { contactId: 'nobody' })).status).toBe(409)
    expect((await ask(`/v1/crm/records/${key}`, bea, { contactId })).status).toBe(200)
    expect(await recordIn('logged', key)).toMatchObject({ contact: { name: 'Gustav Okoye' } })
    expect((await ask(`/v1/crm/records/${key}`, bea, { skip: true })).status).toBe(409)
  })

  it('looks again whom it was about where the one who was chosen is merged by then', async () => {
    const contact = { lastname: 'Roth', phone: '+14085550199' }
    const [gone] = ['Nadia', 'N.'].map((firstname) => hubspot.addContact({ ...contact, firstname }))
    const key = await talk('+14085550199', BEA)
    await recordIn('ambiguous', key)
    hubspot.removeContact(gone ?? '')
    expect((await ask(`/v1/crm/records/${key}`, bea, { contactId: gone })).status).toBe(200)
    await recordIn('refused', key)
    expect((await ask(`/v1/crm/records/${key}`, bea, AGAIN)).status).toBe(200)
    expect(await recordIn('logged', key)).toMatchObject({ contact: { name: 'N. Roth' } })
    expect(writtenOf(key)).toHaveLength(1)
  })

  it('makes no contact of who is unknown, and finds them once somebody has', async () => {
    const before = hubspot.contacts().length
    const key = await talk(KATHERINE, BEA)
    const { words, at, nextTryAt } = await recordIn('noMatch', key)
    expect(words).toBe('HubSpot knows nobody with this number.')
    expect(Date.parse(nextTryAt ?? '')).toBeGreaterThan(Date.parse(at))
    expect(hubspot.contacts()).toHaveLength(before)
    hubspot.addContact({ firstname: 'Katherine', lastname: 'Boateng', phone: '12065550189' })
    expect((await ask(`/v1/crm/records/${key}`, bea, AGAIN)).status).toBe(200)
    expect(await recordIn('logged', key)).toMatchObject({ contact: { name: 'Katherine Boateng' } })
  })

  it('leaves out what a person wants left out, and says what HubSpot refuses and what would mend it', async () => {
    const stop = hubspot.misbehave.refuseWrites('Property "hs_call_title" is required')
    const key = await talk(ADA, BEA)
    expect((await recordIn('refused', key)).words).toBe(
      'Property "hs_call_title" is required Change in the CRM what keeps it from taking the call, then try again.',
    )
    stop()
    expect((await ask(`/v1/crm/records/${key}`, bea, { skip: true })).status).toBe(200)
    const { records, counts } = await readRecords(bea, '?state=leftOut,refused')
    expect(records.map((one) => one.key)).toEqual([key])
    expect(counts).toMatchObject({ leftOut: 1, logged: 4, refused: 0 })
    expect((await ask('/v1/crm/records?state=lost', bea)).status).toBe(400)
  })

  it('writes what was left out after all, when a person wants that', async () => {
    const stop = hubspot.misbehave.refuseWrites('Not now')
    const key = await talk(ADA, BEA)
    await recordIn('refused', key)
    stop()
    expect((await ask(`/v1/crm/records/${key}`, bea, { skip: true })).status).toBe(200)
    expect(await recordIn('leftOut', key)).not.toHaveProperty('words')
    expect((await ask(`/v1/crm/records/${key}`, bea, AGAIN)).status).toBe(200)
    await recordIn('logged', key)
    expect(writtenOf(key)).toHaveLength(1)
  })

  it('tells the record of one session, and counts it alone', async () => {
    const key = await talk(ADA, BEA)
    await recordIn('logged', key)
    const { records, counts } = await readRecords(bea, `?session=${key}`)
    expect(records.map((one) => one.key)).toEqual([key])
    expect(counts).toMatchObject({ logged: 1, leftOut: 0 })
    expect((await readRecords(bea, '?session=s-unknown')).records).toEqual([])
    expect((await readRecords(sam, `?session=${key}`)).records).toEqual([])
  })

  it('takes the note along that is written while the call goes on, and a later one as well', async () => {
    const note = (telephonySessionId: string, text: string, token = bea) =>
      ask('/v1/crm/notes', token, { telephonySessionId, text })
    const key = await talk(ADA, BEA, async (id) => {
      expect((await note(id, 'Wants <two> wheels')).status).toBe(204)
      expect((await note(id, 'Not my call', sam)).status).toBe(404)
    })
    await recordIn('logged', key)
    expect(bodyOf(key)).toContain('Wants &lt;two&gt; wheels')
    await note(key, 'Wants three wheels')
    await eventually(() => expect(bodyOf(key)).toContain('Wants three wheels'))
    expect(bodyOf(key).at(-1)).toBe(`Ringside ${key}`)
    expect(writtenOf(key)).toHaveLength(1)
  })

  it('tells who has a number, without asking HubSpot again', async () => {
    const match = async (number: string) =>
      v.parse(crmMatchesAnswer, await (await ask(`/v1/crm/matches?number=${encodeURIComponent(number)}`, bea)).json())
    expect(await match(ADA)).toMatchObject({
      crm: 'HubSpot',
      contacts: [{ name: 'Ada Winter', url: 'https://app.hubspot.com/contacts/4200100/record/0-1/1000001' }],
      newContactUrl: expect.stringContaining('https://app.hubspot.com/'),
    })
    const asked = hubspot.requests().length
    expect((await match('+1 (408) 555-0123')).contacts).toHaveLength(1)
    // An extension, and the number that people call the company by.
    expect((await match('102')).contacts).toEqual([])
    expect(hubspot.requests()).toHaveLength(asked)
    expect((await ask('/v1/crm/matches', bea)).status).toBe(400)
    expect((await ask('/v1/crm/matches?number=1', 'nobody')).status).toBe(401)
  })

  it('says which CRM it has, and that its key is refused', async () => {
    const read = async () => v.parse(crmAnswer, await (await ask('/v1/crm', bea)).json())
    expect(await read()).toEqual({
      isOn: true,
      name: 'hubspot',
      displayName: 'HubSpot',
      ownership: 'account',
      isConnected: true,
      canConnect: false,
    })
    hubspot.misbehave.refuseLogins()
    await talk(ADA, BEA)
    await eventually(async () => expect((await read()).fault).toMatch(/^HubSpot does not take the login: /))
    expect((await ask('/v1/crm/connect', bea, { redirectUri: 'https://example.com' })).status).toBe(403)
  })

  it('logs neither a number nor the key', () => {
    for (const secret of [hubspot.key, ADA, GRACE, '555-0123', 'Winter'])
      expect(fixture.logText()).not.toContain(secret)
  })

  it('lists all calls on the command line, whether it runs or not', async () => {
    const running = await runCrm('--since', '1h', '--json')
    const { records } = v.parse(crmRecordsAnswer, JSON.parse(running.join('')))
    expect(records.map(({ state }) => state)).toContain('leftOut')
    expect(JSON.parse(running.join(''))).toMatchObject({ crm: 'hubspot', log: 'matched' })
    expect((await runCrm()).at(-1)).toMatch(/\d+ logged.*1 leftOut$/)
    await fixture.relay.close()
    expect(await runCrm('--since', '1h', '--json')).toEqual(running)
    fixture = await fixture.restart()
  })

  it('without a CRM it says that it has none', async () => {
    fixture = await fixture.restart({ crm: undefined })
    expect(await (await ask('/v1/crm', bea)).json()).toEqual({ isOn: false, isConnected: false, canConnect: false })
    expect((await ask('/v1/crm/records', bea)).status).toBe(404)
    // Those of before are listed while they are kept.
    expect((await runCrm()).at(-1)).toBe('RELAY_CRM is not set: calls are written into no CRM.')
    expect((await runCrm()).length).toBeGreaterThan(3)
  })

  it('that is not to be written into it says so', async () => {
    fixture = await fixture.restart({ crm: 'hubspot', crmKey: hubspot.key, crmLog: 'off' })
    expect((await runCrm()).at(-1)).toBe('RELAY_CRM_LOG is off: calls are not written into the CRM.')
  })
})
