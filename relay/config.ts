import { SETTINGS, type SettingDefinition } from './setting-definitions.ts'
import { parseTrustedProxies, type TrustedProxies } from './trusted-proxies.ts'
import { listUnknownSettings } from './unknown-settings.ts'

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

export type DecodedSettings =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /**
   * Every fault as one line that names the setting and says what it should look like, and behind these what looks like a setting and is
   * none; values are not repeated.
   */
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
  if (faults.length === 0) return { kind: 'settings', settings }
  // What is missing may be there under another name.
  return { kind: 'faults', faults: [...faults, ...listUnknownSettings(environment)] }
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
  const text = environment[name] || (name.endsWith('_PROXY') ? environment[name.toLowerCase()] : undefined)
  // `docker run --env-file` leaves quotation marks where others take them off.
  return text?.trim().replace(/^(["'])(.*)\1$/s, '$2')
}

const NO_PROXIES = parseTrustedProxies([]) as TrustedProxies
