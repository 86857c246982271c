import { Hono } from 'hono'
import type { Directory } from '../directory.ts'
import { FEATURES, type Features } from '../features.ts'
import { ACCOUNT, OTHER_ACCOUNT, type Person } from '../people.ts'
import type { Phones } from '../phones.ts'
import type { Queue } from '../queue.ts'
import type { CountAs } from './count-as.ts'
import { describePage } from './pages.ts'
import { missingPermission, notFound } from './rest-error.ts'
import type { Needs, RestEnv } from './rest-session.ts'

/** Who am I, who is that, which account is it, and which phones do they have. Mounted below an account's path. */
export function createExtensionRoutes(options: {
  readonly directory: Directory
  readonly features: Features
  readonly phones: Phones
  readonly countAs: CountAs
  readonly needs: Needs
}): Hono<RestEnv> {
  const { directory, features, phones, countAs, needs } = options
  const routes = new Hono<RestEnv>()

  routes.get('/', countAs('Light'), needs('ReadAccounts'), (c) => {
    const account = c.get('login').person.accountId === ACCOUNT.id ? ACCOUNT : OTHER_ACCOUNT
    return c.json({
      id: Number(account.id),
      uri: `${originOf(c.req.url)}/restapi/v1.0/account/${account.id}`,
      mainNumber: account.mainNumber,
      status: 'Confirmed',
      companyName: account.name,
      regionalSettings: describeRegion('US'),
    })
  })

  routes.get('/extension/:extensionId', countAs('Light'), needs('ReadAccounts'), (c) => {
    const { person } = c.get('login')
    const origin = originOf(c.req.url)
    const queue = directory.findQueue(person.accountId, c.req.param('extensionId'))
    if (queue !== undefined) return c.json(describeQueueExtension(queue, origin))
    const asked = resolve(directory, person, c.req.param('extensionId'))
    return c.json({
      ...describeExtension(asked, directory, origin),
      serviceFeatures: describeFeatures(asked, features),
    })
  })

  routes.get('/extension/:extensionId/device', countAs('Light'), needs('ReadAccounts'), (c) => {
    const person = resolve(directory, c.get('login').person, c.req.param('extensionId'))
    const page = describePage(c, phones.devices(person), { perPage: 100, most: 1000 })
    return c.json({
      ...page,
      records: page.records.map(({ isOnline, ...phone }) => ({
        ...phone,
        uri: `${originOf(c.req.url)}/restapi/v1.0/account/${person.accountId}/device/${phone.id}`,
        status: isOnline ? 'Online' : 'Offline',
        extension: { id: Number(person.extensionId), extensionNumber: person.extensionNumber },
      })),
    })
  })

  // The platform lists one's own only, not paged.
  routes.get('/extension/:extensionId/webapp-devices', countAs('Medium'), needs('ReadAccounts'), (c) => {
    const { person } = c.get('login')
    const asked = resolve(directory, person, c.req.param('extensionId'))
    if (asked.extensionId !== person.extensionId) throw missingPermission('user', 'ReadAccounts')
    return c.json({
      records: phones.webPhones(asked).map(({ id, type, name, isOnline }) => ({
        id,
        type,
        name,
        serial: `${asked.name.replace(' ', '_')}_Browser`,
        status: isOnline ? 'Online' : 'Offline',
        expiresIn: 1_782_489_457,
      })),
    })
  })

  return routes
}

function resolve(directory: Directory, asker: Person, extensionId: string): Person {
  const person = extensionId === '~' ? asker : directory.find(asker.accountId, extensionId)
  if (person === undefined) throw notFound('extensionId')
  return person
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
    regionalSettings: describeRegion(person.homeCountry),
    hidden: false,
    setupWizardState: 'Completed',
  }
}

function describeRegion(homeCountry: Person['homeCountry']) {
  return {
    homeCountry: describeCountry(homeCountry),
    timezone: { id: '58', name: 'US/Pacific' },
    language: { id: '1033', localeCode: 'en-US', name: 'English (United States)' },
    timeFormat: '12h',
  }
}

function describeFeatures({ extensionId }: Person, features: Features) {
  return FEATURES.map((featureName) => {
    const reason = features.lacking(featureName, extensionId)
    return { featureName, enabled: reason === undefined, ...(reason !== undefined && { reason }) }
  })
}

function describeQueueExtension(queue: Queue, origin: string) {
  const { extensionId, extensionNumber, accountId, name, phoneNumber } = queue
  return {
    id: Number(extensionId),
    uri: extensionUri(queue, origin),
    account: { id: accountId, uri: `${origin}/restapi/v1.0/account/${accountId}` },
    contact: { firstName: name, businessPhone: phoneNumber },
    extensionNumber,
    name,
    type: 'Department',
    status: 'Enabled',
    hidden: false,
    setupWizardState: 'Completed',
  }
}

function describeCountry(isoCode: string) {
  return { id: '1', isoCode, name: new Intl.DisplayNames('en', { type: 'region' }).of(isoCode) }
}

function extensionUri({ accountId, extensionId }: Person | Queue, origin: string): string {
  return `${origin}/restapi/v1.0/account/${accountId}/extension/${extensionId}`
}

function originOf(url: string): string {
  return new URL(url).origin
}
