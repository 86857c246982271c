import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { decodeSettings, type Environment } from '../../relay/config.ts'
import { SETTINGS } from '../../relay/setting-definitions.ts'
import { listUnknownSettings } from '../../relay/unknown-settings.ts'
import { EXTENSION_ID } from '../../shared/extension-key.ts'

const complete = {
  RINGCENTRAL_CLIENT_ID: 'client',
  RINGCENTRAL_CLIENT_SECRET: 'secret',
  RINGCENTRAL_JWT: 'a.b.c',
  RELAY_PUBLIC_URL: 'https://relay.example.com',
}

function faultsOf(changes: Environment): readonly string[] {
  const decoded = decodeSettings({ ...complete, ...changes })
  return decoded.kind === 'faults' ? decoded.faults : []
}

function settingsOf(changes: Environment) {
  const decoded = decodeSettings({ ...complete, ...changes })
  if (decoded.kind === 'faults') throw new Error(decoded.faults.join('\n'))
  return decoded.settings
}

it('needs four settings and has a value for the others', () => {
  expect(settingsOf({})).toMatchObject({
    serverUrl: 'https://platform.ringcentral.com',
    userClientId: 'client',
    userClientSecret: 'secret',
    host: '127.0.0.1',
    port: 8787,
    scope: 'account',
    visibility: 'session',
    retentionMs: 72 * 3_600_000,
    extensionIds: [EXTENSION_ID],
    supervisors: [],
    secret: undefined,
    routingFile: undefined,
    logLevel: 'info',
  })
})

it('names every missing setting at once, and says what it should be', () => {
  const decoded = decodeSettings({})
  expect(decoded).toEqual({
    kind: 'faults',
    faults: [
      'RINGCENTRAL_CLIENT_ID is missing: it should be the client id of your app in the RingCentral console.',
      'RINGCENTRAL_CLIENT_SECRET is missing: it should be the client secret of your app in the RingCentral console.',
      'RINGCENTRAL_JWT is missing: it should be a JWT credential, three parts joined by dots, from the RingCentral console.',
      'RELAY_PUBLIC_URL is missing: it should be an https address like https://relay.example.com, or http on this machine.',
    ],
  })
})

it('names what looks like a setting and is none behind the missing ones', () => {
  const { RELAY_PUBLIC_URL, ...others } = complete
  const decoded = decodeSettings({ ...others, RELAY_PUBLIC_ADDRESS: RELAY_PUBLIC_URL })
  expect(decoded).toEqual({
    kind: 'faults',
    faults: [
      expect.stringMatching(/^RELAY_PUBLIC_URL is missing: /),
      expect.stringMatching(/^RELAY_PUBLIC_ADDRESS is no setting of the relay/),
    ],
  })
})

const CHROME_ID = 'abcdefghijklmnopabcdefghijklmnop'

describe('refuses', () => {
  const refused: readonly (readonly [name: string, value: string, says: RegExp])[] = [
    ['RINGCENTRAL_SERVER_URL', 'platform', /should be an address/],
    ['RINGCENTRAL_SERVER_URL', 'http://platform.ringcentral.com', /should be an address.*but it is not https/],
    ['RINGCENTRAL_CLIENT_ID', 'two words', /should be the client id of your app/],
    ['RINGCENTRAL_CLIENT_SECRET', 'two words', /should be the client secret of your app/],
    ['RINGCENTRAL_CLIENT_ID', '“client”', /, but it has a character beyond ASCII/],
    ['RINGCENTRAL_CLIENT_SECRET', 'secret\u200b', /, but it has a character beyond ASCII/],
    ['RELAY_CRM_KEY', 'key\u200b', /, but it has a character beyond ASCII/],
    ['RINGCENTRAL_JWT', 'abc', /three parts/],
    ['RELAY_PUBLIC_URL', 'relay.example.com', /should be an https address/],
    ['RELAY_PUBLIC_URL', 'http://relay.example.com', /should be an https address.*but it is not https/],
    ['RELAY_PUBLIC_URL', 'https://relay.example.com/path', /more than a host and a port/],
    ['RELAY_PUBLIC_URL', 'https://me:pass@relay.example.com', /more than a host and a port/],
    ['RELAY_HOST', 'here and there', /should be a host name or address/],
    ['RELAY_PORT', '70000', /from 0 to 65535/],
    ['RELAY_PORT', '80a', /from 0 to 65535/],
    ['RELAY_SCOPE', 'all', /account or extension/],
    ['RELAY_SCOPE', 'extension', /RELAY_EXTENSIONS is missing/],
    [
      'RELAY_EXTENSIONS',
      '+12065550100',
      /should be RingCentral extension ids \(numbers like 400102\), comma-separated\.$/,
    ],
    ['RELAY_COMPANY', 'N'.repeat(101), /at most 100 characters/],
    ['RELAY_SITES', 'https://crm.example.com, crm', /should be addresses like/],
    ['RELAY_SITES', 'https://crm.example.com/contacts', /more than a host and a port/],
    ['RELAY_INSTALL_URL', 'http://store.example.com', /should be an https address/],
    ['RELAY_VISIBILITY', 'none', /session or own/],
    ['RELAY_CRM', 'spreadsheet', /one of hubspot, .*, or a file/],
    ['RELAY_CRM_URL', 'example', /should be an address/],
    ['RELAY_CRM_KEY', 'two words', /should be the key/],
    ['RELAY_CRM_CLIENT_ID', 'two words', /should be the client id/],
    ['RELAY_CRM_CLIENT_SECRET', 'two words', /should be the client secret/],
    ['RELAY_CRM_OWNER', 'somebody', /email or none/],
    ['RELAY_CRM_WAIT_S', '3601', /seconds from 0 to 3600/],
    ['RELAY_CRM_LOG', 'some', /all, matched or off/],
    ['RELAY_RETENTION_HOURS', '0', /hours from 1 to 8760/],
    ['RELAY_RETENTION_HOURS', '9000', /hours from 1 to 8760/],
    ['RELAY_EXTENSION_IDS', ',', /32 letters/],
    ['RELAY_EXTENSION_IDS', '400102', /32 letters.*looks like a RingCentral extension id/],
    ['RELAY_SUPERVISORS', CHROME_ID, /numbers.*looks like a Chrome extension id/],
    ['RELAY_EXTENSIONS', `400102,${CHROME_ID}`, /numbers.*looks like a Chrome extension id/],
    ['RELAY_EXTENSION_IDS', 'xyz', /32 letters from a to p\), comma-separated\.$/],
    ['RELAY_TRUSTED_PROXIES', 'proxy.local', /addresses or networks/],
    ['HTTPS_PROXY', 'proxy.example.com', /should be the address of an HTTP proxy/],
    ['HTTPS_PROXY', 'socks5://proxy.example.com:1080', /neither http nor https/],
    ['NO_PROXY', 'a;b', /should be hosts/],
    ['RELAY_SECRET', 'short', /at least 32 characters/],
    ['RELAY_REDIS_URL', 'redis.example.com:6379', /should be an address like redis:.*begins with neither redis:/],
    ['RELAY_REDIS_URL', 'https://redis.example.com', /begins with neither redis:/],
    ['RELAY_REDIS_URL', 'redis://', /RELAY_REDIS_URL should be an address like/],
    ['RELAY_REDIS_URL', 'redis://127.0.0.1/relay', /more than a host, a port and the number of a database/],
    ['RELAY_REDIS_URL', 'redis://127.0.0.1:6379/1', /RELAY_SECRET is missing.*because RELAY_REDIS_URL is set/],
    ['RELAY_LOG_LEVEL', 'loud', /one of fatal/],
    ['RINGCENTRAL_USER_CLIENT_ID', 'other', /RINGCENTRAL_USER_CLIENT_SECRET is missing/],
    ['RINGCENTRAL_USER_CLIENT_SECRET', 'other', /RINGCENTRAL_USER_CLIENT_ID is missing/],
  ]
  it.each(refused)('%s=%s', (name, value, says) => {
    const faults = faultsOf({ [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(says)
    expect(faults[0]).not.toMatch(/\n/)
  })

  it('something of every setting but a folder and a file, which may be called anything', () => {
    const names = Object.values(SETTINGS).map(({ name }) => name)
    expect(names.filter((name) => !refused.some(([refusedName]) => refusedName === name))).toEqual([
      'RELAY_DATA_DIR',
      'RELAY_ROUTING_FILE',
    ])
  })

  it.each(['', ' , '])('the scope extension with no extension in %j', (value) => {
    expect(faultsOf({ RELAY_SCOPE: 'extension', RELAY_EXTENSIONS: value })).toEqual([
      'RELAY_EXTENSIONS is missing: it should be RingCentral extension ids (numbers like 400102), comma-separated, because RELAY_SCOPE is extension.',
    ])
  })

  it.each(['RELAY_CRM_URL', 'RELAY_CRM_KEY'])('%s of no CRM', (name) => {
    const faults = faultsOf({ [name]: 'https://crm.example.com' })
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^RELAY_CRM is missing: .*, because ${name} is set\\.$`))])
  })

  it('an app of no CRM, and half of one', () => {
    const [client, secret] = [{ RELAY_CRM_CLIENT_ID: 'client' }, { RELAY_CRM_CLIENT_SECRET: 'secret' }]
    expect(faultsOf({ ...client, ...secret })).toEqual([
      expect.stringMatching(/^RELAY_CRM is missing: .*RELAY_CRM_CLIENT_ID and RELAY_CRM_CLIENT_SECRET are set\.$/),
    ])
    expect(faultsOf({ ...client, RELAY_CRM: 'hubspot' })).toEqual([
      expect.stringMatching(/^RELAY_CRM_CLIENT_SECRET is missing: .*because RELAY_CRM_CLIENT_ID is set\.$/),
    ])
    expect(faultsOf({ ...secret, RELAY_CRM: 'hubspot' })).toEqual([
      expect.stringMatching(/^RELAY_CRM_CLIENT_ID is missing: .*because RELAY_CRM_CLIENT_SECRET is set\.$/),
    ])
  })

  it('says one thing of one setting', () => {
    expect(faultsOf({ RELAY_CRM: 'spreadsheet', RELAY_CRM_KEY: 'k' })).toHaveLength(1)
    expect(faultsOf({ RELAY_SCOPE: 'extension', RELAY_EXTENSIONS: 'x' })).toHaveLength(1)
  })
})

describe('takes', () => {
  it.each<[name: string, value: string, settings: object]>([
    ['RELAY_PUBLIC_URL', 'http://localhost:8787/', { publicUrl: 'http://localhost:8787' }],
    ['RELAY_SUPERVISORS', ' 400101 , 400102,', { supervisors: ['400101', '400102'] }],
    ['RELAY_EXTENSION_IDS', CHROME_ID, { extensionIds: [CHROME_ID] }],
    ['RELAY_PORT', '', { port: 8787 }],
    ['RELAY_PORT', '0', { port: 0 }],
    ['RELAY_HOST', '::1', { host: '::1' }],
    ['RELAY_PUBLIC_URL', 'http://[::1]:8787', { publicUrl: 'http://[::1]:8787' }],
    ['RELAY_COMPANY', 'Northwind', { company: 'Northwind' }],
    ['RELAY_COMPANY', '"Northwind"', { company: 'Northwind' }],
    ['RELAY_COMPANY', "'Northwind'", { company: 'Northwind' }],
    ['RELAY_COMPANY', '"Northwind', { company: '"Northwind' }],
    [
      'RELAY_SITES',
      'https://crm.example.com/, http://localhost',
      { sites: ['https://crm.example.com', 'http://localhost'] },
    ],
    ['RELAY_VISIBILITY', 'own', { visibility: 'own' }],
    ['RELAY_LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['RELAY_SECRET', 'x'.repeat(32), { secret: 'x'.repeat(32) }],
    ['RELAY_CRM', 'hubspot', { crm: 'hubspot' }],
    ['RELAY_CRM', '/etc/ringside/crm.json', { crm: '/etc/ringside/crm.json' }],
    ['RELAY_CRM_WAIT_S', '5', { crmWaitMs: 5000 }],
    ['RELAY_ROUTING_FILE', 'rules of ours.jsonc', { routingFile: 'rules of ours.jsonc' }],
    ['RELAY_RETENTION_HOURS', '1', { retentionMs: 3_600_000 }],
  ])('%s=%s', (name, value, settings) => {
    expect(settingsOf({ [name]: value })).toMatchObject(settings)
  })
})

it('repeats no value in a fault: it may be a secret put in the wrong place', () => {
  const faults = faultsOf({ RELAY_PORT: 'hunter2', RINGCENTRAL_JWT: 'hunter2', RELAY_SECRET: 'hunter2' })
  expect(faults).toHaveLength(3)
  expect(faults.join()).not.toContain('hunter2')
})

it('lists every setting in .env.example, in order and with a comment before it', async () => {
  const text = await readFile(new URL('../../.env.example', import.meta.url), 'utf8')
  const listed = [...text.matchAll(/^# (.+)\n#?([A-Z_]+)=/gm)].map(([, meaning, name]) => ({ name, meaning }))
  expect(listed).toEqual(Object.values(SETTINGS).map(({ name, meaning }) => ({ name, meaning })))
})

describe('what looks like a setting and is none', () => {
  it('is told by its name, without its value', () => {
    const environment = {
      ...complete,
      RELAY_VISIBILTY: 'own',
      RINGCENTRAL_CLIENTSECRET: 'word',
      PATH: '/bin',
      RELAYS: '2',
    }
    const sentences = listUnknownSettings(environment)
    expect(sentences.map((sentence) => sentence.split(' ')[0])).toEqual(['RELAY_VISIBILTY', 'RINGCENTRAL_CLIENTSECRET'])
    expect(sentences.join()).not.toMatch(/own|word/)
  })

  it('is none of all that are', () => {
    expect(listUnknownSettings(Object.fromEntries(Object.values(SETTINGS).map(({ name }) => [name, 'x'])))).toEqual([])
  })
})
