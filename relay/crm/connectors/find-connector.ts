import type { Connector, CrmName } from '../connector.ts'
import type { CrmFile } from '../custom/crm-file.ts'
import { createCustomConnector } from '../custom/custom-connector.ts'
import { loadCrmFile } from '../custom/load-crm-file.ts'
import { renderAsText } from '../custom/template.ts'
import { describeAsker } from '../custom/variables.ts'
import { DYNAMICS } from './dynamics.ts'
import { FRESHDESK } from './freshdesk.ts'
import { hubspot } from './hubspot.ts'
import { PIPEDRIVE } from './pipedrive.ts'
import { SALESFORCE } from './salesforce.ts'
import { ZENDESK } from './zendesk.ts'
import { createZoho, ZOHO_BASE_URL } from './zoho.ts'

/** What the settings say of a CRM. */
export interface CrmChoice {
  /** `RELAY_CRM`: a name, or the path of a file. */
  readonly crm: string
  /** `RELAY_CRM_URL`, without a slash at the end. */
  readonly url: string | undefined
  /** `RELAY_CRM_KEY`. */
  readonly key: string | undefined
  /** `RELAY_CRM_CLIENT_ID`; with it there is a secret. */
  readonly clientId: string | undefined
}

/** A connector with the address of its API. */
export interface FoundConnector extends Connector {
  readonly baseUrl: string
}

/** A CRM that the relay knows, and how an address of one looks where each account has its own. */
interface Known {
  readonly exampleUrl?: string
  create(baseUrl: string): Connector
}

const KNOWN: Readonly<Record<Exclude<CrmName, 'custom'>, Known>> = {
  hubspot: { create: () => hubspot },
  salesforce: { exampleUrl: 'https://acme.my.salesforce.com', create: () => SALESFORCE },
  zendesk: { exampleUrl: 'https://acme.zendesk.com', create: () => ZENDESK },
  dynamics: { exampleUrl: 'https://acme.crm4.dynamics.com', create: () => DYNAMICS },
  pipedrive: { exampleUrl: 'https://acme.pipedrive.com', create: () => PIPEDRIVE },
  zoho: { create: (baseUrl) => createZoho(baseUrl || ZOHO_BASE_URL) },
  freshdesk: { exampleUrl: 'https://acme.freshdesk.com', create: () => FRESHDESK },
}

/** The connector that the settings name, with its address. Throws what is wrong with them, or with the file, in sentences. */
export async function findConnector(choice: CrmChoice): Promise<FoundConnector> {
  const { crm } = choice
  const connector = isKnown(crm) ? createKnown(crm, choice) : await readCustom(choice)
  const fault = findLoginFault(connector, choice)
  if (fault !== undefined) throw new Error(fault)
  return connector
}

/** What is wrong with how the relay should get in, in a sentence: it is one way of those that the CRM has. */
function findLoginFault({ displayName, auth }: Connector, { key, clientId }: CrmChoice): string | undefined {
  if (key !== undefined && auth.key === undefined) {
    return `RELAY_CRM_KEY should not be set: ${displayName} has no keys, and is connected with RELAY_CRM_CLIENT_ID.`
  }
  if (clientId !== undefined && auth.oauth === undefined) {
    return `RELAY_CRM_CLIENT_ID should not be set: ${displayName} is asked with a key, RELAY_CRM_KEY.`
  }
  if (key !== undefined && clientId !== undefined) {
    return `RELAY_CRM_KEY and RELAY_CRM_CLIENT_ID should not both be set: ${displayName} is asked with the key, or people connect it.`
  }
  if (key !== undefined || clientId !== undefined) return undefined
  const byKey = `RELAY_CRM_KEY is missing: it should be the key with which ${displayName} may be asked`
  const byOAuth = `RELAY_CRM_CLIENT_ID${auth.key === undefined ? ' is missing: it' : ''} should be the client id of your app in ${displayName}, beside its RELAY_CRM_CLIENT_SECRET`
  const ways = [...(auth.key === undefined ? [] : [byKey]), ...(auth.oauth === undefined ? [] : [byOAuth])]
  return `${ways.join('; or ')}.`
}

function createKnown(crm: keyof typeof KNOWN, { url }: CrmChoice): FoundConnector {
  const { create, exampleUrl } = KNOWN[crm]
  const connector = create(url ?? '')
  const baseUrl = url ?? connector.baseUrl
  if (baseUrl !== undefined) return { ...connector, baseUrl }
  const { displayName } = connector
  throw new Error(`RELAY_CRM_URL is missing: it should be the address of your ${displayName}, like ${exampleUrl}.`)
}

function isKnown(crm: string): crm is keyof typeof KNOWN {
  return Object.hasOwn(KNOWN, crm)
}

async function readCustom({ crm, url, key }: CrmChoice): Promise<FoundConnector> {
  const { file, faults } = await loadCrmFile(crm)
  if (file === undefined) throw new Error(faults.join('\n'))
  const baseUrl = findBaseUrl(file, url)
  return { ...createCustomConnector(file, { key, baseUrl }), baseUrl }
}

/**
 * The file's address, with the host put in where it leaves that open; the whole of it may be given as well. Throws a sentence where it is
 * not known.
 */
export function findBaseUrl(file: CrmFile, url: string | undefined): string {
  const { baseUrl } = file.requestDefaults
  if (!baseUrl.includes('{{')) return (url ?? baseUrl).replace(/\/$/, '')
  if (url === undefined) {
    throw new Error('RELAY_CRM_URL is missing: it should be the address of your CRM, for the file leaves it open.')
  }
  return renderAsText(baseUrl, describeAsker(file, { key: undefined, baseUrl: url })).replace(/\/$/, '')
}
