import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CRM_NAMES } from '../../../../relay/crm/connector.ts'
import { type CrmChoice, findConnector } from '../../../../relay/crm/connectors/find-connector.ts'

const page = await readFile(new URL('../../../../docs/CRM.md', import.meta.url), 'utf8')
const names = CRM_NAMES.filter((name) => name !== 'custom')

const BIKE_SHOP = new URL('../../../crm-stand-ins/bike-shop-crm.json', import.meta.url).pathname
const BARE: Omit<CrmChoice, 'crm'> = { url: 'https://crm.example', key: undefined, clientId: undefined }
const [WITH_KEY, WITH_APP] = [
  { ...BARE, key: 'k' },
  { ...BARE, clientId: 'c' },
]

/** The ways in that each has. */
const [KEY_ONLY, APP_ONLY, BOTH] = [
  ['freshdesk', BIKE_SHOP],
  ['salesforce', 'zendesk', 'dynamics', 'zoho'],
  ['hubspot', 'pipedrive'],
]

it.each(names)('finds %s, of which docs/CRM.md says what to create', async (crm) => {
  const connector = await findConnector({ crm, ...(APP_ONLY.includes(crm) ? WITH_APP : WITH_KEY) })
  expect(connector).toMatchObject({ name: crm, baseUrl: 'https://crm.example' })
  const [, steps = ''] = new RegExp(`### ${connector.displayName}\n([^#]*)`).exec(page) ?? []
  expect(steps.match(/^\d\. /gm)).toHaveLength(5)
  expect(steps).toContain(`RELAY_CRM=${crm}`)
  expect(steps.includes('RELAY_CRM_KEY=')).toBe(connector.auth.key !== undefined)
  expect(steps.includes('RELAY_CRM_CLIENT_ID=')).toBe(connector.auth.oauth !== undefined)
  expect(page).toMatch(new RegExp(`^\\| ${connector.displayName} \\|`, 'm'))
})

it.each(['salesforce', 'zendesk', 'dynamics', 'pipedrive', 'freshdesk'])('wants an address of %s', async (crm) => {
  await expect(findConnector({ crm, ...WITH_APP, url: undefined })).rejects.toThrow(
    /^RELAY_CRM_URL is missing: it should be the address of your .+, like https:\/\/.+\.$/,
  )
})

describe('wants one of the ways in that a CRM has', () => {
  const KEY = /^RELAY_CRM_KEY is missing: it should be the key with which .+ may be asked\.$/
  const APP =
    /^RELAY_CRM_CLIENT_ID is missing: it should be the client id of your app in .+, beside its RELAY_CRM_CLIENT_SECRET\.$/
  const EITHER =
    /^RELAY_CRM_KEY is missing: it should be the key with which .+ may be asked; or RELAY_CRM_CLIENT_ID should be the client id of your app in .+, beside its RELAY_CRM_CLIENT_SECRET\.$/

  it('whichever it is', () => {
    expect([...KEY_ONLY, ...APP_ONLY, ...BOTH].toSorted()).toEqual([...names, BIKE_SHOP].toSorted())
  })

  it.each([
    ...KEY_ONLY.map((crm) => [crm, 'neither', BARE, KEY] as const),
    ...APP_ONLY.map((crm) => [crm, 'neither', BARE, APP] as const),
    ...BOTH.map((crm) => [crm, 'neither', BARE, EITHER] as const),
    ...KEY_ONLY.map(
      (crm) =>
        [crm, 'an app', WITH_APP, /^RELAY_CRM_CLIENT_ID should not be set: .+ with a key, RELAY_CRM_KEY\.$/] as const,
    ),
    ...APP_ONLY.map(
      (crm) => [crm, 'a key', WITH_KEY, /^RELAY_CRM_KEY should not be set: .+ RELAY_CRM_CLIENT_ID\.$/] as const,
    ),
    ...BOTH.map(
      (crm) =>
        [
          crm,
          'both',
          { ...WITH_KEY, clientId: 'c' },
          /^RELAY_CRM_KEY and RELAY_CRM_CLIENT_ID should not both be set: /,
        ] as const,
    ),
  ])('%s with %s', async (crm, _, choice, sentence) => {
    await expect(findConnector({ crm, ...choice })).rejects.toThrow(sentence)
  })

  it.each(BOTH)('%s with either', async (crm) => {
    for (const choice of [WITH_KEY, WITH_APP])
      expect(await findConnector({ crm, ...choice })).toMatchObject({ name: crm })
  })

  it('and of a file what it says: with OAuth an app, or an access token as the key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-crm-file-'))
    const file = JSON.parse(await readFile(BIKE_SHOP, 'utf8'))
    const crm = join(folder, 'crm.json')
    const auth = { type: 'oauth', authUrl: 'https://crm.example/auth', tokenUrl: 'https://crm.example/token' }
    await writeFile(crm, JSON.stringify({ ...file, auth }))
    await expect(findConnector({ crm, ...BARE })).rejects.toThrow(APP)
    for (const choice of [WITH_KEY, WITH_APP])
      expect(await findConnector({ crm, ...choice })).toMatchObject({ name: 'custom' })
    await rm(folder, { recursive: true })
  })
})

it('knows the data centres of Zoho', async () => {
  const find = (url?: string) => findConnector({ crm: 'zoho', ...WITH_APP, url })
  expect((await find()).auth.oauth?.tokenUrl).toBe('https://accounts.zoho.com/oauth/v2/token')
  const european = await find('https://www.zohoapis.eu')
  expect(european.auth.oauth?.tokenUrl).toBe('https://accounts.zoho.eu/oauth/v2/token')
})

it('takes a file, and says what is wrong in one', async () => {
  const connector = await findConnector({ crm: BIKE_SHOP, ...WITH_KEY, url: 'https://shop.example' })
  expect(connector).toMatchObject({ name: 'custom', displayName: 'Bike Shop CRM', baseUrl: 'https://shop.example/api' })
  await expect(findConnector({ crm: 'nothing.json', ...BARE })).rejects.toThrow(
    'nothing.json:1:1: the file of the CRM should be a file, but there is none',
  )
})
