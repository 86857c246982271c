import type { Hono } from 'hono'
import { unreachable } from '../../shared/assert.ts'
import type { CrmPerson } from './cast.ts'
import { type CrmManner, type CrmWorld, digitsOf, phonesOf, readBearer } from './stand-in.ts'

/** Salesforce's REST API, version 64, as far as calls and people with telephones go. */

const API = '/services/data/v64.0'
const EXTERNAL_ID = 'Ringside_Call__c'

export interface SalesforceOptions {
  /** An administrator has made the field; unless given. */
  readonly hasExternalId?: boolean
  /** Statuses of tasks that are done, by their order. */
  readonly closedStatuses?: readonly string[]
  /** Where the organisation is; its users are in Tokyo. */
  readonly timeZone?: string
}

const USERS_ZONE = 'Asia/Tokyo'

export function describeSalesforce({
  hasExternalId = true,
  closedStatuses = ['Completed'],
  timeZone = 'America/Los_Angeles',
}: SalesforceOptions = {}): CrmManner {
  return {
    tokenPath: '/services/oauth2/token',
    readCredential: readBearer,
    describeRefusal({ reason, words, field }) {
      switch (reason) {
        case 'unauthorized':
          return { status: 401, body: [{ message: words, errorCode: 'INVALID_SESSION_ID' }] }
        case 'limit':
          return {
            status: 403,
            body: [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
          }
        case 'notFound':
          return { status: 404, body: [{ message: words, errorCode: 'NOT_FOUND' }] }
        case 'field':
          return { status: 400, body: [{ message: words, errorCode: 'INVALID_FIELD', fields: [field] }] }
        default:
          return unreachable(reason)
      }
    },
    textOf: ({ fields }) => String(fields.Description),
    mount(app, world) {
      mountSearch(app, world)
      mountQuery(app, world, { closedStatuses, timeZone })
      mountTasks(app, world, hasExternalId)
    },
  }
}

const OBJECTS = { contact: 'Contact', lead: 'Lead', account: 'Account' } as const

function mountSearch(app: Hono, world: CrmWorld): void {
  app.get(`${API}/search`, (c) => {
    const sosl = c.req.query('q') ?? ''
    const [, terms = ''] = /^FIND \{(.*?)\} IN PHONE FIELDS RETURNING /.exec(sosl) ?? []
    const wanted = [...terms.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, term = '']) => digitsOf(term))
    // The index has the whole number and its last digits.
    const isFound = (person: CrmPerson) =>
      phonesOf(person).some((phone) => wanted.some((digits) => digits !== '' && digitsOf(phone).endsWith(digits)))
    return c.json({
      searchRecords: world
        .searchable()
        .filter((one) => isFound(one) && !(one.isInactive && sosl.includes(' WHERE IsConverted = false)')))
        .map((one) => describePerson(one, world)),
    })
  })
}

function mountQuery(
  app: Hono,
  world: CrmWorld,
  { closedStatuses, timeZone }: Required<Pick<SalesforceOptions, 'closedStatuses' | 'timeZone'>>,
): void {
  const answers: Readonly<Record<string, readonly object[]>> = {
    'SELECT ApiName FROM TaskStatus WHERE IsClosed = true ORDER BY SortOrder': closedStatuses.map((ApiName) => ({
      ApiName,
    })),
    'SELECT TimeZoneSidKey FROM Organization LIMIT 1': [{ TimeZoneSidKey: timeZone }],
    ...Object.fromEntries(
      world.users.map(({ id }) => [
        `SELECT TimeZoneSidKey FROM User WHERE Id = '${id}'`,
        [{ TimeZoneSidKey: USERS_ZONE }],
      ]),
    ),
  }
  app.get(`${API}/query`, (c) => {
    const soql = c.req.query('q') ?? ''
    const [, email] = /^SELECT Id FROM User WHERE Email = '([^']*)' AND IsActive = true LIMIT 2$/.exec(soql) ?? []
    const [, key] = /^SELECT Id FROM Task WHERE CallObject = '([^']*)' LIMIT 1$/.exec(soql) ?? []
    const ids = [
      ...world.users.filter((user) => user.email === email?.toLowerCase()),
      ...world.calls().filter(({ fields }) => key !== undefined && fields.CallObject === key),
    ].map(({ id }) => ({ Id: id }))
    const records = answers[soql] ?? ids
    return c.json({ totalSize: records.length, done: true, records })
  })
}

function describePerson({ id, kind, name, company, accountId, phone, mobile, ownerId }: CrmPerson, world: CrmWorld) {
  const type = OBJECTS[kind]
  return {
    attributes: { type, url: `${API}/sobjects/${type}/${id}` },
    Id: id,
    Name: name,
    ...(kind === 'contact' && {
      AccountId: accountId ?? null,
      Account: company === undefined ? null : { Name: company },
    }),
    ...(kind === 'lead' && { Company: company }),
    Phone: phone,
    MobilePhone: mobile ?? null,
    Owner: { Name: world.users.find((user) => user.id === ownerId)?.name ?? 'Integration User' },
  }
}

function mountTasks(app: Hono, world: CrmWorld, hasExternalId: boolean): void {
  app.patch(`${API}/sobjects/Task/${EXTERNAL_ID}/:key`, async (c) => {
    if (!hasExternalId) {
      const message = `Provided external ID field does not exist or is not accessible: ${EXTERNAL_ID}`
      return c.json([{ message, errorCode: 'NOT_FOUND' }], 404)
    }
    const key = c.req.param('key')
    const fields = { ...(await c.req.json()), [EXTERNAL_ID]: key }
    const before = world.calls().find((call) => call.fields[EXTERNAL_ID] === key)
    const { id } = (before && world.changeCall(before.id, fields)) ?? world.addCall(fields)
    return c.json({ id, success: true, errors: [], created: before === undefined }, before === undefined ? 201 : 200)
  })
  app.post(`${API}/sobjects/Task`, async (c) => {
    const { id } = world.addCall(await c.req.json())
    return c.json({ id, success: true, errors: [] }, 201)
  })
  app.patch(`${API}/sobjects/Task/:id`, async (c) => {
    const changed = world.changeCall(c.req.param('id'), await c.req.json())
    return changed === undefined ? c.notFound() : c.body(null, 204)
  })
}
