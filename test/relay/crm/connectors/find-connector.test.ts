import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { CRM_NAMES } from '../../../../relay/crm/connector.ts'
import { findConnector } from '../../../../relay/crm/connectors/find-connector.ts'

const page = await readFile(new URL('../../../../docs/CRM.md', import.meta.url), 'utf8')
const names = CRM_NAMES.filter((name) => name !== 'custom')

it.each(names)('finds %s, of which docs/CRM.md says what to create', async (crm) => {
  const connector = await findConnector({ crm, url: 'https://crm.example', key: 'k' })
  expect(connector).toMatchObject({ name: crm, baseUrl: 'https://crm.example' })
  const [, steps = ''] = new RegExp(`### ${connector.displayName}\n([^#]*)`).exec(page) ?? []
  expect(steps.match(/^\d\. /gm)).toHaveLength(5)
  expect(steps).toContain(`RELAY_CRM=${crm}`)
  expect(steps.includes('RELAY_CRM_KEY=')).toBe(connector.auth.key !== undefined)
  expect(steps.includes('RELAY_CRM_CLIENT_ID=')).toBe(connector.auth.oauth !== undefined)
  expect(page).toMatch(new RegExp(`^\\| ${connector.displayName} \\|`, 'm'))
})

it.each(['salesforce', 'zendesk', 'dynamics', 'pipedrive', 'freshdesk'])('wants an address of %s', async (crm) => {
  await expect(findConnector({ crm, url: undefined, key: undefined })).rejects.toThrow(
    /^RELAY_CRM_URL is missing: it should be the address of your .+, like https:\/\/.+\.$/,
  )
})

it.each(['freshdesk', new URL('../../../crm-stand-ins/bike-shop-crm.json', import.meta.url).pathname])(
  'wants a key of a CRM that has no other login',
  async (crm) => {
    await expect(findConnector({ crm, url: 'https://crm.example', key: undefined })).rejects.toThrow(
      /^RELAY_CRM_KEY is missing: it should be the key with which .+ may be asked\.$/,
    )
  },
)

it('knows the data centres of Zoho', async () => {
  const find = (url?: string) => findConnector({ crm: 'zoho', url, key: undefined })
  expect((await find()).auth.oauth?.tokenUrl).toBe('https://accounts.zoho.com/oauth/v2/token')
  const european = await find('https://www.zohoapis.eu')
  expect(european.auth.oauth?.tokenUrl).toBe('https://accounts.zoho.eu/oauth/v2/token')
})

it('takes a file, and says what is wrong in one', async () => {
  const crm = new URL('../../../crm-stand-ins/bike-shop-crm.json', import.meta.url).pathname
  const connector = await findConnector({ crm, url: 'https://shop.example', key: 'k' })
  expect(connector).toMatchObject({ name: 'custom', displayName: 'Bike Shop CRM', baseUrl: 'https://shop.example/api' })
  await expect(findConnector({ crm: 'nothing.json', url: undefined, key: undefined })).rejects.toThrow(
    'nothing.json:1:1: the file of the CRM should be a file, but there is none',
  )
})
