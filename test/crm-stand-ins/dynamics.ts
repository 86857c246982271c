import type { Hono } from 'hono'
import type { CrmPerson } from './cast.ts'
import { type CrmManner, type CrmWorld, readBearer } from './stand-in.ts'

/** Dataverse's Web API, version 9.2, with the tables of Sales. */

const API = '/api/data/v9.2'
const NAME_OF = '@OData.Community.Display.V1.FormattedValue'

export interface DynamicsOptions {
  /** Sales is installed, and with it leads; unless given. */
  readonly hasLeads?: boolean
  /** Characters of a phone call's description; 2,000 unless an administrator has made it longer. */
  readonly maxText?: number
}

export function describeDynamics({ hasLeads = true, maxText = 2000 }: DynamicsOptions = {}): CrmManner {
  return {
    tokenPath: '/organizations/oauth2/v2.0/token',
    readCredential: readBearer,
    describeRefusal({ reason, words }) {
      const status = { unauthorized: 401, limit: 429, notFound: 404, field: 400 } as const
      return { status: status[reason], body: { error: { code: '0x80060891', message: words } } }
    },
    textOf: ({ fields }) => String(fields.description),
    mount(app, world) {
      for (const table of TABLES) if (table.kind !== 'lead' || hasLeads) mountTable(app, world, table)
      app.get(`${API}/systemusers`, (c) => {
        const [, email] =
          /^internalemailaddress eq '(.*)' and isdisabled eq false$/.exec(c.req.query('$filter') ?? '') ?? []
        const users = world.users.filter((user) => user.email === email?.toLowerCase())
        return c.json({ value: users.map(({ id }) => ({ systemuserid: id })) })
      })
      mountPhoneCalls(app, world, maxText)
    },
  }
}

const TABLES = [
  { kind: 'contact', path: 'contacts', idField: 'contactid', nameField: 'fullname' },
  { kind: 'lead', path: 'leads', idField: 'leadid', nameField: 'fullname' },
  { kind: 'account', path: 'accounts', idField: 'accountid', nameField: 'name' },
] as const

function mountTable(app: Hono, world: CrmWorld, { kind, path, idField, nameField }: (typeof TABLES)[number]): void {
  app.get(`${API}/${path}`, (c) => {
    const filter = c.req.query('$filter') ?? ''
    const isActive = (person: CrmPerson) => person.isInactive !== true || !filter.endsWith(' and statecode eq 0')
    const isFound = (person: CrmPerson) => person.kind === kind && isActive(person) && isFiltered(person, filter)
    return c.json({
      value: world
        .searchable()
        .filter(isFound)
        .slice(0, Number(c.req.query('$top')))
        .map((person) => ({
          [idField]: person.id,
          [nameField]: person.name,
          telephone1: person.phone,
          mobilephone: person.mobile ?? null,
          ...(kind === 'lead' && { companyname: person.company ?? null }),
          ...(kind === 'contact' && { [`_parentcustomerid_value${NAME_OF}`]: person.company }),
          [`_ownerid_value${NAME_OF}`]: world.users.find((user) => user.id === person.ownerId)?.name,
        })),
    })
  })
}

/** `contains` of digits, between which `%` stands for anything. */
function isFiltered({ phone, mobile }: CrmPerson, filter: string): boolean {
  const fields: Readonly<Record<string, string | undefined>> = { telephone1: phone, mobilephone: mobile }
  return [...filter.matchAll(/contains\((\w+),'([^']*)'\)/g)].some(([, field = '', pattern = '']) =>
    new RegExp(pattern.replaceAll('%', '.*')).test(fields[field] ?? ''),
  )
}

function mountPhoneCalls(app: Hono, world: CrmWorld, maxText: number): void {
  app.get(
    `${API}/:table{EntityDefinitions\\(.+\\)}/:column{Attributes\\(.+\\)}/Microsoft.Dynamics.CRM.MemoAttributeMetadata`,
    (c) => c.json({ MaxLength: maxText }),
  )
  const readId = (path: string) => /\/phonecalls\(([\da-f-]{36})\)$/.exec(path)?.[1]
  app.on(['GET', 'PATCH'], `${API}/:call{phonecalls\\(.+\\)}`, async (c) => {
    const id = readId(c.req.path)
    if (id === undefined) return c.json({ error: { code: '0x80060888', message: 'Bad Request' } }, 400)
    const found = world.calls().find((call) => call.id === id)
    if (c.req.method === 'GET') return found === undefined ? c.notFound() : c.json({ statecode: 0, ...found.fields })
    if (found !== undefined && c.req.header('if-none-match') === '*') {
      return c.json(
        { error: { code: '0x80040237', message: 'A record with matching key values already exists.' } },
        412,
      )
    }
    if (found === undefined && c.req.header('if-match') === '*') return c.notFound()
    const fields = await c.req.json()
    if (fields.description?.length > maxText) {
      const message = `The length of the 'description' attribute of the 'phonecall' entity exceeded the maximum allowed length of '${maxText}'.`
      return c.json({ error: { code: '0x80044331', message } }, 400)
    }
    if (found === undefined) world.addCall(fields, id)
    else world.changeCall(id, fields)
    return c.body(null, 204)
  })
}
