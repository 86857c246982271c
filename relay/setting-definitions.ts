import { EXTENSION_ID } from '../shared/extension-key.ts'
import { HOUR_MS, SECOND_MS } from '../shared/time.ts'
import {
  type Parsed,
  parseChoice,
  parseChromeIds,
  parseHttps,
  parseInteger,
  parseMatch,
  parseProxies,
  parseProxyUrl,
  parseRedisUrl,
  parseRingCentralIds,
  parseSites,
  parseUrl,
  parseWord,
} from './setting-values.ts'

/** A setting as `docs/run.md` and `.env.example` list it, and how it is read. */
export interface SettingDefinition<T = unknown> {
  readonly name: string
  /** What the value is and does, in one sentence. */
  readonly meaning: string
  /** What a value looks like, after "should be". */
  readonly form: string
  /** Text that stands for an absent setting; `undefined` when there is none. */
  readonly defaultText: string | undefined
  /** Whether the relay does not start without it. */
  readonly isRequired: boolean
  readonly read: (text: string) => Parsed<T>
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** The CRMs that the relay can write to. */
const CRM_NAMES = ['hubspot', 'salesforce', 'zendesk', 'dynamics', 'pipedrive', 'zoho', 'freshdesk'] as const

/** Every setting, in the order in which they are listed for people. */
export const SETTINGS = {
  serverUrl: optional('RINGCENTRAL_SERVER_URL', {
    meaning: "RingCentral's API.",
    form: 'an address like https://platform.ringcentral.com',
    defaultText: 'https://platform.ringcentral.com',
    read: parseUrl,
  }),
  clientId: required('RINGCENTRAL_CLIENT_ID', {
    meaning: 'Client id of the app in the RingCentral console.',
    form: 'the client id of your app in the RingCentral console',
    read: parseWord,
  }),
  clientSecret: required('RINGCENTRAL_CLIENT_SECRET', {
    meaning: 'Client secret of that app.',
    form: 'the client secret of your app in the RingCentral console',
    read: parseWord,
  }),
  jwt: required('RINGCENTRAL_JWT', {
    meaning: 'JWT credential of a user who may see the whole account; the relay logs in with it.',
    form: 'a JWT credential, three parts joined by dots, from the RingCentral console',
    read: (text) => parseMatch(text, /^[\w-]+\.[\w-]+\.[\w-]+$/),
  }),
  userClientId: optional('RINGCENTRAL_USER_CLIENT_ID', {
    meaning: 'Client id of the app that people sign in with, where one app may not do both; absent: the same app.',
    form: 'the client id of the app that people sign in with',
    read: parseWord,
  }),
  userClientSecret: optional('RINGCENTRAL_USER_CLIENT_SECRET', {
    meaning: 'Client secret of that app.',
    form: 'the client secret of the app that people sign in with',
    read: parseWord,
  }),
  publicUrl: required('RELAY_PUBLIC_URL', {
    meaning: 'Where RingCentral and browsers reach the relay.',
    form: 'an https address like https://relay.example.com, or http on this machine',
    read: parseUrl,
  }),
  host: optional('RELAY_HOST', {
    meaning: 'Address the relay listens on.',
    form: 'a host name or address like 127.0.0.1',
    defaultText: '127.0.0.1',
    read: (text) => parseMatch(text, /^[\w.:-]+$/),
  }),
  port: optional('RELAY_PORT', {
    meaning: 'Port the relay listens on; 0 takes a free one.',
    form: 'a port number from 0 to 65535',
    defaultText: '8787',
    read: (text) => parseInteger(text, 0, 65_535),
  }),
  dataFolder: optional('RELAY_DATA_DIR', {
    meaning: 'Folder of the event log and of the signed-in people.',
    form: 'a folder like /var/lib/ringside',
    defaultText: '.ringside',
    read: (text) => ({ value: text }),
  }),
  scope: optional('RELAY_SCOPE', {
    meaning: 'Whether to subscribe to the whole account or to single extensions.',
    form: 'account or extension',
    defaultText: 'account',
    read: (text) => parseChoice(text, ['account', 'extension']),
  }),
  extensions: optional('RELAY_EXTENSIONS', {
    meaning: 'RingCentral extension ids to subscribe to when RELAY_SCOPE is extension, comma-separated.',
    form: 'RingCentral extension ids (numbers like 400102), comma-separated',
    read: parseRingCentralIds,
  }),
  supervisors: optional('RELAY_SUPERVISORS', {
    meaning:
      'RingCentral extension ids of people who see the whole account, comma-separated; others see what RingCentral grants them.',
    form: 'RingCentral extension ids (numbers like 400102), comma-separated',
    read: parseRingCentralIds,
  }),
  extensionIds: optional('RELAY_EXTENSION_IDS', {
    meaning: 'Chrome extension ids that may connect, comma-separated.',
    form: 'Chrome extension ids (32 letters from a to p), comma-separated',
    defaultText: EXTENSION_ID,
    read: parseChromeIds,
  }),
  company: optional('RELAY_COMPANY', {
    meaning: 'What the company is called on the invitation page, /join; anybody who has its address can read it.',
    form: 'a name of at most 100 characters',
    read: (text) => parseMatch(text, /^.{1,100}$/),
  }),
  sites: optional('RELAY_SITES', {
    meaning: 'Addresses of the CRMs that invited people are offered to add, comma-separated; told with the invitation.',
    form: 'addresses like https://northwind.example.com, comma-separated',
    read: parseSites,
  }),
  installUrl: optional('RELAY_INSTALL_URL', {
    meaning:
      'Where invited people get the extension; absent: the store, where RELAY_EXTENSION_IDS has an id of its own.',
    form: 'an https address like https://chromewebstore.google.com/detail/…',
    read: parseHttps,
  }),
  visibility: optional('RELAY_VISIBILITY', {
    meaning: 'Whether a member of a call sees the whole session or only their own part.',
    form: 'session or own',
    defaultText: 'session',
    read: (text) => parseChoice(text, ['session', 'own']),
  }),
  retentionMs: optional('RELAY_RETENTION_HOURS', {
    meaning: 'How long events are kept, in hours.',
    form: 'a number of hours from 1 to 8760',
    defaultText: '72',
    read: (text) => {
      const hours = parseInteger(text, 1, 8760)
      return 'value' in hours ? { value: hours.value * HOUR_MS } : hours
    },
  }),
  trustedProxies: optional('RELAY_TRUSTED_PROXIES', {
    meaning: 'Proxies whose X-Forwarded-For is believed: addresses or networks, comma-separated.',
    form: 'addresses or networks like 10.0.0.0/8, comma-separated',
    defaultText: '127.0.0.0/8,::1',
    read: parseProxies,
  }),
  httpsProxy: optional('HTTPS_PROXY', {
    meaning: 'Proxy through which the relay reaches RingCentral; absent: straight.',
    form: 'the address of an HTTP proxy like http://proxy.example.com:3128',
    read: parseProxyUrl,
  }),
  noProxy: optional('NO_PROXY', {
    meaning: 'Hosts that are reached without that proxy, comma-separated.',
    form: 'hosts like platform.ringcentral.com, comma-separated',
    read: (text) => parseMatch(text, /^[\w.*:,\s-]+$/),
  }),
  secret: optional('RELAY_SECRET', {
    meaning: 'Encrypts stored RingCentral tokens; absent: a key file in the data folder does.',
    form: 'at least 32 characters that nobody can guess',
    read: (text) => parseMatch(text, /^.{32,}$/),
  }),
  redisUrl: optional('RELAY_REDIS_URL', {
    meaning: 'Redis that keeps the log and the signed-in people in place of the folder, for any number of relays.',
    form: 'an address like redis://:PASSWORD@redis.example.com:6379, or rediss:// for TLS',
    read: parseRedisUrl,
  }),
  routingFile: optional('RELAY_ROUTING_FILE', {
    meaning: 'File of rules by which calls are routed; absent: there are none.',
    form: 'a file like /etc/ringside/routing.jsonc',
    read: (text) => ({ value: text }),
  }),
  crm: optional('RELAY_CRM', {
    meaning: 'CRM into which calls are written: a name, or a JSON file that describes one; absent: none.',
    form: `one of ${CRM_NAMES.join(', ')}, or a file like /etc/ringside/crm.json`,
    read: (text): Parsed<string> => (text.endsWith('.json') ? { value: text } : parseChoice(text, CRM_NAMES)),
  }),
  crmUrl: optional('RELAY_CRM_URL', {
    meaning: 'Address of your CRM, where the vendor has no single one.',
    form: 'an address like https://example.my.salesforce.com',
    read: parseUrl,
  }),
  crmKey: optional('RELAY_CRM_KEY', {
    meaning: 'Key for the whole account, where the CRM has such keys; else people connect it in the extension.',
    form: 'the key that the CRM shows you once',
    read: parseWord,
  }),
  crmClientId: optional('RELAY_CRM_CLIENT_ID', {
    meaning: 'Client id of the app that you registered in the CRM, to connect it in the extension.',
    form: 'the client id of your app in the CRM',
    read: parseWord,
  }),
  crmClientSecret: optional('RELAY_CRM_CLIENT_SECRET', {
    meaning: 'Client secret of that app.',
    form: 'the client secret of your app in the CRM',
    read: parseWord,
  }),
  crmOwner: optional('RELAY_CRM_OWNER', {
    meaning: "Whose a record is: the CRM's user with the e-mail address of who talked longest, or nobody.",
    form: 'email or none',
    defaultText: 'email',
    read: (text) => parseChoice(text, ['email', 'none']),
  }),
  crmWaitMs: optional('RELAY_CRM_WAIT_S', {
    meaning: 'How long a call that is over waits for late events before it is written, in seconds.',
    form: 'a number of seconds from 0 to 3600',
    defaultText: '30',
    read: (text) => {
      const seconds = parseInteger(text, 0, 3600)
      return 'value' in seconds ? { value: seconds.value * SECOND_MS } : seconds
    },
  }),
  crmLog: optional('RELAY_CRM_LOG', {
    meaning: 'Which calls are written: all, those of people whom the CRM knows, or none.',
    form: 'all, matched or off',
    defaultText: 'matched',
    read: (text) => parseChoice(text, ['all', 'matched', 'off']),
  }),
  logLevel: optional('RELAY_LOG_LEVEL', {
    meaning: 'Least serious kind of log line that is written.',
    form: `one of ${LOG_LEVELS.join(', ')}`,
    defaultText: 'info',
    read: (text) => parseChoice(text, LOG_LEVELS),
  }),
} as const

type Definition<T> = Pick<SettingDefinition<T>, 'meaning' | 'form' | 'read'> & { readonly defaultText?: string }

function required<T>(name: string, definition: Definition<T>): SettingDefinition<T> {
  return { name, defaultText: undefined, isRequired: true, ...definition }
}

function optional<T>(name: string, definition: Definition<T>): SettingDefinition<T> {
  return { name, defaultText: undefined, isRequired: false, ...definition }
}
