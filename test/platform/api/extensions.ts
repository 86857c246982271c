import { Hono } from 'hono'
import type { Directory } from '../directory.ts'
import { ACCOUNT, OTHER_ACCOUNT, type Person } from '../people.ts'
import type { CountAs } from './count-as.ts'
import { notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** Who am I, who is that, which account is it, and which phones do they have. Mounted below an account's path. */
export function createExtensionRoutes(options: {
  readonly directory: Directory
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { directory, countAs, needs } = options
  const routes = new Hono<RestEnv>()

  routes.get('/', countAs('Light'), needs('ReadAccounts'), (c) => {
    const account = c.get('login').person.accountId === ACCOUNT.id ? ACCOUNT : OTHER_ACCOUNT
    return c.json({
      id: Number(account.id),
      uri: `${originOf(c.req.url)}/restapi/v1.0/account/${account.id}`,
      mainNumber: account.mainNumber,
      status: 'Confirmed',
      companyName: account.name,
    })
  })

  routes.get('/extension/:extensionId', countAs('Light'), needs('ReadAccounts'), (c) =>
    c.json(
      describeExtension(
        resolve(directory, c.get('login').person, c.req.param('extensionId')),
        directory,
        originOf(c.req.url),
      ),
    ),
  )

  routes.get('/extension/:extensionId/device', countAs('Light'), needs('ReadAccounts'), (c) => {
    const person = resolve(directory, c.get('login').person, c.req.param('extensionId'))
    const uri = `${extensionUri(person, originOf(c.req.url))}/device`
    const records = phonesOf(person).map((phone) => ({
      ...phone,
      uri: `${originOf(c.req.url)}/restapi/v1.0/account/${person.accountId}/device/${phone.id}`,
      status: 'Online',
      extension: { id: Number(person.extensionId), extensionNumber: person.extensionNumber },
    }))
    const totalElements = records.length
    return c.json({
      uri: `${uri}?page=1&perPage=100`,
      records,
      paging: { page: 1, totalPages: 1, perPage: 100, totalElements, pageStart: 0, pageEnd: totalElements - 1 },
      navigation: { firstPage: { uri }, lastPage: { uri } },
    })
  })

  return routes
}

function resolve(directory: Directory, asker: Person, extensionId: string): Person {
  const person = extensionId === '~' ? asker : directory.find(asker.accountId, extensionId)
  if (person === undefined) throw notFound('extensionId')
  return person
}

function phonesOf({ deviceId, softphoneId }: Person) {
  const desk = { id: deviceId, type: 'HardPhone', name: 'Desk phone' }
  return softphoneId === undefined ? [desk] : [desk, { id: softphoneId, type: 'SoftPhone', name: 'Softphone' }]
}

/** Ids of extensions are numbers in this answer and strings in notifications, as on the real platform. */
function describeExtension(person: Person, directory: Directory, origin: string) {
  const [firstName, ...rest] = person.name.split(' ')
  return {
    id: Number(person.extensionId),
    uri: extensionUri(person, origin),
    account: { id: person.accountId, uri: `${origin}/restapi/v1.0/account/${person.accountId}` },
    contact: { firstName, lastName: rest.join(' '), email: person.email, businessPhone: person.phoneNumber },
    extensionNumber: person.extensionNumber,
    name: person.name,
    type: 'User',
    status: directory.isEnabled(person.extensionId) ? 'Enabled' : 'Disabled',
    permissions: {
      admin: { enabled: person.isAdministrator },
      internationalCalling: { enabled: false },
    },
    regionalSettings: {
      homeCountry: describeCountry(person.homeCountry),
      timezone: { id: '58', name: 'US/Pacific' },
      language: { id: '1033', localeCode: 'en-US', name: 'English (United States)' },
      timeFormat: '12h',
    },
    hidden: false,
    setupWizardState: 'Completed',
  }
}

function describeCountry(isoCode: string) {
  return { id: '1', isoCode, name: new Intl.DisplayNames('en', { type: 'region' }).of(isoCode) }
}

function extensionUri(person: Person, origin: string): string {
  return `${origin}/restapi/v1.0/account/${person.accountId}/extension/${person.extensionId}`
}

function originOf(url: string): string {
  return new URL(url).origin
}
