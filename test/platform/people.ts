import { assert } from '../../shared/assert.ts'

/** The invented people of the stand-in: who can sign in, who owns the JWT, and who calls from outside. */
export interface Person {
  /** RingCentral's id of the extension; never equal to an account id here, so that mixing them up shows. */
  readonly extensionId: string
  /** The short number colleagues dial. */
  readonly extensionNumber: string
  /** Direct number in E.164. */
  readonly phoneNumber: string
  readonly name: string
  readonly accountId: string
  /** The desk phone that calls are placed from. */
  readonly deviceId: string
  /** A second phone, on the computer, of who has one. */
  readonly softphoneId?: string
  /** The RingCentral app in a browser, of who is signed in to one. */
  readonly webPhoneId?: string
  readonly email: string
  /** Where they are at home as far as the platform knows, ISO 3166. */
  readonly homeCountry: string
  readonly isAdministrator: boolean
  readonly canSignIn: boolean
}

/** Somebody outside the account. A caller without a number withholds it; one without a name is unknown to the platform. */
export interface ExternalCaller {
  readonly name: string | undefined
  readonly phoneNumber: string | undefined
}

export const ACCOUNT = { id: '400100', name: 'Northwind Bikes', mainNumber: '+18005550100' } as const
export const OTHER_ACCOUNT = { id: '500100', name: 'Fabrikam Freight', mainNumber: '+18005550190' } as const

const inNorthwind = { accountId: ACCOUNT.id, homeCountry: 'US', isAdministrator: false, canSignIn: true } as const

export const PEOPLE: readonly Person[] = [
  {
    ...inNorthwind,
    extensionId: '400102',
    extensionNumber: '102',
    phoneNumber: '+14085550102',
    name: 'Bea Lindqvist',
    deviceId: '400802',
    email: 'bea.lindqvist@northwind.example',
  },
  {
    ...inNorthwind,
    extensionId: '400104',
    extensionNumber: '104',
    phoneNumber: '+14085550104',
    name: 'Sam Okafor',
    deviceId: '400804',
    email: 'sam.okafor@northwind.example',
  },
  {
    ...inNorthwind,
    extensionId: '400103',
    extensionNumber: '103',
    phoneNumber: '+14085550103',
    name: 'Noor Haddad',
    deviceId: '400803',
    softphoneId: '400813',
    email: 'noor.haddad@northwind.example',
  },
  {
    ...inNorthwind,
    extensionId: '400101',
    extensionNumber: '101',
    phoneNumber: '+14085550101',
    name: 'Ines Moreau',
    deviceId: '400801',
    webPhoneId: '400821',
    email: 'ines.moreau@northwind.example',
  },
  {
    ...inNorthwind,
    extensionId: '400109',
    extensionNumber: '109',
    phoneNumber: '+14085550109',
    name: 'Ringside Service',
    deviceId: '400809',
    email: 'ringside@northwind.example',
    isAdministrator: true,
    canSignIn: false,
  },
  {
    extensionId: '500102',
    extensionNumber: '102',
    phoneNumber: '+12065550192',
    name: 'Otto Fremd',
    accountId: OTHER_ACCOUNT.id,
    deviceId: '500802',
    email: 'otto.fremd@fabrikam.example',
    homeCountry: 'US',
    isAdministrator: false,
    canSignIn: true,
  },
]

export const EXTERNAL_CALLERS: readonly ExternalCaller[] = [
  { name: 'Ada Winter', phoneNumber: '+14085550123' },
  { name: 'Grace Okonkwo', phoneNumber: '+12065550147' },
  { name: 'Priya Natarajan', phoneNumber: '+442079460018' },
  { name: undefined, phoneNumber: undefined },
]

/** The account's owner of the relay's login: sees every extension, signs in with a JWT, is not on the sign-in page. */
export const SERVICE_USER = personByExtensionId('400109')

/** Who may listen in on calls of the others. */
export const SUPERVISOR = personByExtensionId('400101')

/** The long-lived credential of the service user: unsigned, in the shape of a JSON Web Token. A public test value. */
export const SERVICE_JWT = [{ alg: 'none', typ: 'JWT' }, { sub: SERVICE_USER.extensionId, iss: 'stand-in' }, 'stand-in']
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.')

/** The people of the company that the stand-in is about, without the service user. */
export const COLLEAGUES = PEOPLE.filter(({ accountId, canSignIn }) => accountId === ACCOUNT.id && canSignIn)

export function findPerson(accountId: string, extensionId: string): Person | undefined {
  return PEOPLE.find((person) => person.accountId === accountId && person.extensionId === extensionId)
}

export function personByExtensionId(extensionId: string): Person {
  const person = PEOPLE.find((candidate) => candidate.extensionId === extensionId)
  assert(person !== undefined, `nobody has the extension id ${extensionId}`)
  return person
}
