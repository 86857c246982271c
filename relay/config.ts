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
import { parseTrustedProxies, type TrustedProxies } from './trusted-proxies.ts'

/** What the environment says, decoded. */
export interface Settings {
  /** RingCentral's API, without a slash at the end. */
  readonly serverUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly jwt: string
  /** The app that people sign in with; the relay's own unless given. */
  readonly userClientId: string
  readonly userClientSecret: string
  /** Where RingCentral and browsers reach the relay, without a slash at the end. */
  readonly publicUrl: string
  readonly host: string
  readonly port: number
  readonly dataFolder: string
  readonly scope: 'account' | 'extension'
  /** RingCentral extension ids to subscribe to when the scope is `extension`. */
  readonly extensions: readonly string[]
  /** RingCentral extension ids of those who see the whole account. */
  readonly supervisors: readonly string[]
  /** Chrome extension ids that may connect. */
  readonly extensionIds: readonly string[]
  /** What the company is called on its invitation; absent: nobody said. */
  readonly company: string | undefined
  /** Addresses of the CRMs that its people work with: the extension offers to add them. */
  readonly sites: readonly string[]
  /** Where people get the extension; absent: the store's page of the first id that is not the project's own. */
  readonly installUrl: string | undefined
  readonly visibility: 'session' | 'own'
  readonly retentionMs: number
  readonly trustedProxies: TrustedProxies
  /** The proxy through which RingCentral is reached; absent: straight. */
  readonly httpsProxy: string | undefined
  /** Hosts that are reached without it, comma-separated. */
  readonly noProxy: string | undefined
  /** The Redis on which the log and all else is kept, for all relays that use it; absent: the data folder. */
  readonly redisUrl: string | undefined
  /** Encrypts stored RingCentral tokens; absent: a key file in the data folder does. */
  readonly secret: string | undefined
  /** The file of rules by which calls are routed; absent: there are none. */
  readonly routingFile: string | undefined
  /** The CRM into which calls are written: a name, or a JSON file that describes one; absent: none. */
  readonly crm: string | undefined
  /** Address of the CRM's instance, without a slash at the end. */
  readonly crmUrl: string | undefined
  readonly crmKey: string | undefined
  readonly crmClientId: string | undefined
  readonly crmClientSecret: string | undefined
  /** Whether a record belongs to the CRM's user with the address of who talked longest. */
  readonly crmOwner: 'email' | 'none'
  readonly crmWaitMs: number
  readonly crmLog: 'all' | 'matched' | 'off'
  readonly logLevel: string
}

export type Environment = Readonly<Record<string, string | undefined>>

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

export type DecodedSettings =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /** Every fault as one line that names the setting and says what it should look like; values are not repeated. */
  | { readonly kind: 'faults'; readonly faults: readonly string[] }

/** Reads the settings from an environment. An empty value is an absent one. */
export function decodeSettings(environment: Environment): DecodedSettings {
  const faults: string[] = []
  const decode = <T>(definition: SettingDefinition<T>): T | undefined => {
    const text = readSetting(environment, definition.name) || definition.defaultText
    if (text === undefined) {
      if (definition.isRequired) faults.push(`${definition.name} is missing: it should be ${definition.form}.`)
      return undefined
    }
    const reading = definition.read(text)
    if ('value' in reading) return reading.value
    faults.push(`${definition.name} should be ${definition.form}${reading.fault ? `, but ${reading.fault}` : ''}.`)
    return undefined
  }

  const clientId = decode(SETTINGS.clientId) ?? ''
  const clientSecret = decode(SETTINGS.clientSecret) ?? ''
  const userClientId = decode(SETTINGS.userClientId)
  const userClientSecret = decode(SETTINGS.userClientSecret)
  const settings = {
    serverUrl: decode(SETTINGS.serverUrl) ?? '',
    clientId,
    clientSecret,
    jwt: decode(SETTINGS.jwt) ?? '',
    userClientId: userClientId ?? clientId,
    userClientSecret: userClientSecret ?? clientSecret,
    publicUrl: decode(SETTINGS.publicUrl) ?? '',
    host: decode(SETTINGS.host) ?? '',
    port: decode(SETTINGS.port) ?? 0,
    dataFolder: decode(SETTINGS.dataFolder) ?? '',
    scope: decode(SETTINGS.scope) ?? 'account',
    extensions: decode(SETTINGS.extensions) ?? [],
    supervisors: decode(SETTINGS.supervisors) ?? [],
    extensionIds: decode(SETTINGS.extensionIds) ?? [],
    company: decode(SETTINGS.company),
    sites: decode(SETTINGS.sites) ?? [],
    installUrl: decode(SETTINGS.installUrl),
    visibility: decode(SETTINGS.visibility) ?? 'session',
    retentionMs: decode(SETTINGS.retentionMs) ?? 0,
    trustedProxies: decode(SETTINGS.trustedProxies) ?? NO_PROXIES,
    httpsProxy: decode(SETTINGS.httpsProxy),
    noProxy: decode(SETTINGS.noProxy),
    redisUrl: decode(SETTINGS.redisUrl),
    secret: decode(SETTINGS.secret),
    routingFile: decode(SETTINGS.routingFile),
    crm: decode(SETTINGS.crm),
    crmUrl: decode(SETTINGS.crmUrl),
    crmKey: decode(SETTINGS.crmKey),
    crmClientId: decode(SETTINGS.crmClientId),
    crmClientSecret: decode(SETTINGS.crmClientSecret),
    crmOwner: decode(SETTINGS.crmOwner) ?? 'email',
    crmWaitMs: decode(SETTINGS.crmWaitMs) ?? 0,
    crmLog: decode(SETTINGS.crmLog) ?? 'matched',
    logLevel: decode(SETTINGS.logLevel) ?? 'info',
  } satisfies Settings
  const isSaid = (name: string) => faults.some((fault) => fault.startsWith(`${name} `))
  for (const fault of listMissing({ ...settings, userClientId, userClientSecret }))
    if (!isSaid(fault.name)) faults.push(fault.sentence)
  return faults.length > 0 ? { kind: 'faults', faults } : { kind: 'settings', settings }
}

/** What settings want beside each other. Of the app that people sign in with only what was said. */
function* listMissing(
  settings: Omit<Settings, 'userClientId' | 'userClientSecret'> &
    Readonly<Record<'userClientId' | 'userClientSecret', string | undefined>>,
): Iterable<{ readonly name: string; readonly sentence: string }> {
  const { scope, extensions, redisUrl, secret, crm } = settings
  const isSet = (key: (typeof CLIENTS)[number][number] | (typeof OF_A_CRM)[number]) => settings[key] !== undefined
  const miss = ({ name, form }: SettingDefinition, why: string) => {
    return { name, sentence: `${name} is missing: it should be ${form}, because ${why}.` }
  }
  for (const [id, word] of CLIENTS) {
    if (isSet(id) && !isSet(word)) yield miss(SETTINGS[word], `${SETTINGS[id].name} is set`)
    if (isSet(word) && !isSet(id)) yield miss(SETTINGS[id], `${SETTINGS[word].name} is set`)
  }
  const ofCrm = OF_A_CRM.filter(isSet).map((key) => SETTINGS[key].name)
  if (crm === undefined && ofCrm.length > 0) {
    yield miss(SETTINGS.crm, `${ofCrm.join(' and ')} ${ofCrm.length === 1 ? 'is' : 'are'} set`)
  }
  if (redisUrl !== undefined && secret === undefined) yield miss(SETTINGS.secret, `${SETTINGS.redisUrl.name} is set`)
  if (scope === 'extension' && extensions.length === 0) {
    yield miss(SETTINGS.extensions, `${SETTINGS.scope.name} is extension`)
  }
}

/** Neither is of use without the other. */
const CLIENTS = [
  ['userClientId', 'userClientSecret'],
  ['crmClientId', 'crmClientSecret'],
] as const
/** What says of a CRM where it is, or how the relay gets in. */
const OF_A_CRM = ['crmUrl', 'crmKey', 'crmClientId', 'crmClientSecret'] as const

/** Other programs spell the names of proxies in small letters, and the relay's own environment may be theirs. */
function readSetting(environment: Environment, name: string): string | undefined {
  return (environment[name] || (name.endsWith('_PROXY') ? environment[name.toLowerCase()] : undefined))?.trim()
}

const NO_PROXIES = parseTrustedProxies([]) as TrustedProxies

type Definition<T> = Pick<SettingDefinition<T>, 'meaning' | 'form' | 'read'> & { readonly defaultText?: string }

function required<T>(name: string, definition: Definition<T>): SettingDefinition<T> {
  return { name, defaultText: undefined, isRequired: true, ...definition }
}

function optional<T>(name: string, definition: Definition<T>): SettingDefinition<T> {
  return { name, defaultText: undefined, isRequired: false, ...definition }
}
