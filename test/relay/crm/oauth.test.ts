import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EXTENSION_ID } from '../../../shared/extension-key.ts'
import { type HubSpotStandIn, startHubSpot } from '../../crm-stand-ins/hubspot.ts'
import { eventually } from '../../support/eventually.ts'
import { EXTENSION_ORIGIN } from '../support/extension-address.ts'
import { takeCopy } from '../support/log-files.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'

/** Connecting HubSpot with OAuth, for the account and for a person. */

const [BEA, INES] = ['400102', '400101'] as const
const ADA = '+14085550123'
const BACK = `https://${EXTENSION_ID}.chromiumapp.org/crm`

let hubspot: HubSpotStandIn
let fixture: RelayFixture

beforeEach(async () => {
  hubspot = await startHubSpot()
  hubspot.addContact({ firstname: 'Ada', lastname: 'Winter', phone: ADA })
  fixture = await startFixture({
    settings: {
      crm: 'hubspot',
      crmUrl: hubspot.url,
      crmClientId: hubspot.client.id,
      crmClientSecret: hubspot.client.secret,
      crmWaitMs: 0,
      supervisors: [INES],
    },
  })
})
afterEach(async () => {
  await fixture.close()
  await hubspot.close()
})

function ask(method: string, path: string, token: string, body?: unknown): Promise<Response> {
  return fetch(`${fixture.relay.url}${path}`, {
    method,
    headers: { origin: EXTENSION_ORIGIN, authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

const describeCrm = async (token: string) => (await ask('GET', '/v1/crm', token)).json()

/** Goes through the window; where it goes at the end, and through which states. */
async function connect(token: string): Promise<{ readonly end: string; readonly callback: string }> {
  const { url } = (await (await ask('POST', '/v1/crm/connect', token, { redirectUri: BACK })).json()) as { url: string }
  const follow = async (from: string) => (await fetch(from, { redirect: 'manual' })).headers.get('location') ?? ''
  const callback = await follow(await follow(url))
  return { callback, end: await follow(callback) }
}

async function talk(): Promise<void> {
  const call = fixture.platform.placeCall({ from: ADA, to: BEA })
  await eventually(() => call.answer())
  call.hangUp('caller')
  await call.settled()
}

it('connects the account by who watches all of it, writes with tokens that are renewed, and disconnects in HubSpot as well', async () => {
  const [ines, bea] = [(await signIn(fixture, INES)).token, (await signIn(fixture, BEA)).token]
  expect(await describeCrm(ines)).toMatchObject({ ownership: 'account', isConnected: false, canConnect: true })
  const { end, callback } = await connect(ines)
  expect(end).toBe(`${BACK}?ok=1`)
  expect((await fetch(callback)).status).toBe(400)
  expect(await describeCrm(bea)).toMatchObject({ ownership: 'account', isConnected: true, canConnect: false })
  await talk()
  await eventually(() => expect(hubspot.calls()).toHaveLength(1))

  // Both the access token and the refresh token of before are spent by then.
  hubspot.misbehave.expireTokens()
  await talk()
  await eventually(() => expect(hubspot.calls()).toHaveLength(2))
  fixture = await fixture.restart()
  hubspot.misbehave.expireTokens()
  await talk()
  await eventually(() => expect(hubspot.calls()).toHaveLength(3))
  expect(hubspot.duplicates()).toBe(0)

  const again = (await signIn(fixture, INES)).token
  expect((await ask('DELETE', '/v1/crm/connection', bea)).status).toBe(403)
  expect((await ask('DELETE', '/v1/crm/connection', again)).status).toBe(204)
  expect(hubspot.misbehave.revoked).toHaveLength(1)
  expect(await describeCrm(again)).toMatchObject({ isConnected: false })
  const stored = [...(await takeCopy(join(fixture.settings.dataFolder, 'store'))).values()].join('')
  expect(stored).toContain('crm/connection/hubspot/account')
  for (const token of hubspot.misbehave.revoked) expect(stored + fixture.logText()).not.toContain(token)
})

it('connects a person for their own calls, and says whose calls nobody has connected', async () => {
  const bea = (await signIn(fixture, BEA)).token
  await talk()
  await eventually(async () => {
    const { records } = (await (await ask('GET', '/v1/crm/records', bea)).json()) as { records: { words?: string }[] }
    expect(records).toMatchObject([{ state: 'ready', words: 'Nobody has connected HubSpot for this call.' }])
  })
  expect((await connect(bea)).end).toBe(`${BACK}?ok=1`)
  await eventually(() => expect(hubspot.calls()).toHaveLength(1))
  expect(await describeCrm(bea)).toMatchObject({ ownership: 'person', isConnected: true, canConnect: true })
})

it('sends nobody to another address, and takes no state that is not its own', async () => {
  const bea = (await signIn(fixture, BEA)).token
  const elsewhere = await ask('POST', '/v1/crm/connect', bea, { redirectUri: 'https://example.com/crm' })
  expect(elsewhere.status).toBe(400)
  for (const path of ['/crm/start?state=abc', '/crm/callback?state=abc&code=1', '/crm/callback'])
    expect((await fetch(`${fixture.relay.url}${path}`)).status).toBe(400)
})
