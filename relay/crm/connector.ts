import type { CallRecord } from '../../shared/crm/call-record.ts'
import type { SpokenNumber } from '../../shared/crm/crm-digits.ts'
import type { CrmApi } from './api.ts'

/** What the relay must know of a CRM to find people in it and to write calls into it. One file a CRM, as much of it data as can be. */
export interface Connector {
  readonly name: CrmName
  readonly displayName: string
  /** The API's address where the vendor has a single one; else `RELAY_CRM_URL` says it. */
  readonly baseUrl?: string
  readonly auth: ConnectorAuth
  /** Requests that may be sent within a time, for everybody together: somewhat less than the CRM takes. */
  readonly budget: Budget
  /** Of these, what searches may take, where the CRM counts them by themselves. */
  readonly searchBudget?: Budget
  /** How long after it was written a record may be missed by {@link Connector.lookUp}, where that asks an index; at once unless given. */
  readonly indexLagMs?: number
  /**
   * How one record is kept one. `native`: the request itself is exact and may be repeated; `lookUp`: the record is looked up by its
   * marker before a request is repeated.
   */
  readonly exactness: 'native' | 'lookUp'
  /** It takes no record without a contact, so that a call of nobody's is not sent whatever the settings say. */
  readonly needsContact?: boolean
  /** Who may have a number. It may find too many: the caller compares {@link CrmContact.numbers} digit by digit. */
  findContacts(api: CrmApi, number: SpokenNumber): Promise<readonly CrmContact[]>
  /** The id of the CRM's user with this e-mail address. */
  findOwner(api: CrmApi, email: string): Promise<string | undefined>
  write(api: CrmApi, record: RecordToWrite): Promise<Written>
  /** The record with a marker, where an earlier request has written it. */
  lookUp(api: CrmApi, record: RecordToWrite): Promise<Written | undefined>
  /** Writes the body anew after the note was changed. */
  updateNote?(api: CrmApi, recordId: string, record: RecordToWrite): Promise<void>
  /** Once per connection before the first record is written: makes the field for the marker, and the like. May be repeated. */
  prepare?(api: CrmApi): Promise<void>
  /** The CRM's own form for a new contact. */
  newContactUrl(api: CrmApi, number: SpokenNumber): string | undefined
  /** Whether a refusal only says that it can't be done now, and nothing was, where the status does not say so. `answer`: its text. */
  isLimit?(status: number, answer: string): boolean
}

export interface Budget {
  readonly requests: number
  readonly perMs: number
}

export const CRM_NAMES = [
  'hubspot',
  'salesforce',
  'zendesk',
  'dynamics',
  'pipedrive',
  'zoho',
  'freshdesk',
  'custom',
] as const
export type CrmName = (typeof CRM_NAMES)[number]

/** Somebody whom the CRM knows. */
export interface CrmContact {
  readonly id: string
  /** The CRM's word: `contact`, `lead`, … */
  readonly kind: string
  readonly name: string
  readonly company?: string
  /** As the CRM writes them. */
  readonly numbers: readonly string[]
  readonly ownerName?: string
  readonly url?: string
}

/** What is to be written of a call. */
export interface RecordToWrite {
  /** The call's key: the marker. */
  readonly key: string
  /** Made of the key (RFC 9562, version 5), for CRMs that take an id of ours. */
  readonly uuid: string
  readonly call: CallRecord
  readonly contact?: CrmContact
  /** The CRM's user whose record it is. */
  readonly ownerId?: string
  readonly title: string
  /** Plain text; its last line is `Ringside <key>`. */
  readonly body: string
}

export interface Written {
  readonly recordId: string
  readonly url?: string
}

/** How requests say on whose behalf they are. At least one of both. */
export interface ConnectorAuth {
  /** A key for the account; absent where the vendor has none any more. */
  readonly key?: KeyAuth
  readonly oauth?: OAuthAuth
}

export interface KeyAuth {
  /** `authorization` unless given. */
  readonly header?: string
  /** The header's value, in which `{key}` stands for the key: `Bearer {key}`. */
  readonly template: string
  /** Whether what follows the scheme is base64, as basic authentication has it. */
  readonly isBasic?: boolean
}

/** OAuth's code grant with PKCE. In addresses and scopes `{base}` stands for the instance, without a slash at the end. */
export interface OAuthAuth {
  readonly authorizeUrl: string
  readonly tokenUrl: string
  /** RFC 7009; absent where the vendor has none. `{token}` in it: the refresh token is deleted there. */
  readonly revokeUrl?: string
  /** None where they are chosen in the app. */
  readonly scopes: readonly string[]
  /** A space unless given. */
  readonly scopeSeparator?: string
  /** Parameters that the vendor wants besides: `{ access_type: 'offline' }`. */
  readonly authorizeParams?: Readonly<Record<string, string>>
  /** How the client's secret is sent to the token's address. */
  readonly clientAuth: 'basic' | 'post'
  /** Field of the token's answer that says where the API is: `instance_url`. */
  readonly baseUrlField?: string
  /** The word before the access token; `Bearer` unless given. */
  readonly scheme?: string
}
