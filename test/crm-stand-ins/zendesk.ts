import type { Hono } from 'hono'
import { unreachable } from '../../shared/assert.ts'
import type { CrmPerson } from './cast.ts'
import { type CrmManner, type CrmWorld, digitsOf, phonesOf, readBearer } from './stand-in.ts'

/** Zendesk's Support API: users, tickets, keys of requests. */
export const ZENDESK_MANNER: CrmManner = {
  tokenPath: '/oauth/tokens',
  readCredential: readBearer,
  describeRefusal({ reason, words, field }) {
    switch (reason) {
      case 'unauthorized':
        return { status: 401, body: { error: 'invalid_token', error_description: words } }
      case 'limit':
        return { status: 429, body: { error: 'APIRateLimitExceeded', description: words } }
      case 'notFound':
        return { status: 404, body: { error: 'RecordNotFound', description: words } }
      case 'field': {
        const details = { [field ?? 'base']: [{ description: words, error: 'InvalidValue' }] }
        return { status: 422, body: { error: 'RecordInvalid', description: 'Record validation errors', details } }
      }
      default:
        return unreachable(reason)
    }
  },
  textOf: ({ fields }) =>
    (fields.comments as readonly { readonly body: string }[]).map(({ body }) => body).join('\n\n'),
  mount(app, world) {
    mountUsers(app, world)
    mountTickets(app, world)
  },
}

function mountUsers(app: Hono, world: CrmWorld): void {
  app.get('/api/v2/search.json', (c) => {
    const query = c.req.query('query') ?? ''
    const results = world
      .searchable()
      .filter((person) => phonesOf(person).some((phone) => isAskedFor(phone, query)))
      .map(describeUser)
    const organizations = results.flatMap(({ organization_id, company }) =>
      organization_id === null ? [] : { id: organization_id, name: company },
    )
    return c.json({ results, organizations, count: results.length })
  })
  app.get('/api/v2/users/:id/identities.json', (c) => {
    const person = world.person(c.req.param('id'))
    if (person === undefined) return c.notFound()
    const identities = phonesOf(person).map((value) => ({ type: 'phone_number', value }))
    return c.json({ identities: [{ type: 'email', value: 'somebody@example.com' }, ...identities] })
  })
  app.get('/api/v2/users/search.json', (c) => {
    const [, email] = /^email:(.*)$/.exec(c.req.query('query') ?? '') ?? []
    const users = world.users.filter((user) => user.email === email?.toLowerCase())
    return c.json({ users: users.map(({ id, ...user }) => ({ ...user, id: Number(id), role: 'agent' })) })
  })
}

/** A star stands for any beginning; what is in quotes is the whole, as it was typed. */
function isAskedFor(phone: string, query: string): boolean {
  const ends = [...query.matchAll(/phone:\*(\d+)/g)].map(([, digits = '']) => digits)
  const wholes = [...query.matchAll(/phone:"([^"]*)"/g)].map(([, whole = '']) => whole)
  return ends.some((digits) => digitsOf(phone).endsWith(digits)) || wholes.includes(phone)
}

function describeUser({ id, name, company, phone }: CrmPerson) {
  const organization_id = company === undefined ? null : Number(id) + 70_000
  return { id: Number(id), role: 'end-user', name, phone, organization_id, company }
}

function mountTickets(app: Hono, world: CrmWorld): void {
  const byRequestKey = new Map<string, string>()
  const bodies = new Map<string, string>()
  app.post('/api/v2/tickets.json', async (c) => {
    const requestKey = c.req.header('idempotency-key')
    const before = requestKey === undefined ? undefined : byRequestKey.get(requestKey)
    const text = await c.req.text()
    if (requestKey !== undefined && (bodies.get(requestKey) ?? text) !== text)
      return c.json({ error: 'IdempotentRequestError', description: 'The key was used with other parameters' }, 400)
    if (requestKey !== undefined) bodies.set(requestKey, text)
    c.header('x-idempotency-lookup', before === undefined ? 'miss' : 'hit')
    if (before !== undefined) return c.json({ ticket: { id: Number(before) } }, 201)
    const {
      ticket: { comment, ...fields },
    } = JSON.parse(text)
    const { id } = world.addCall({ ...fields, comments: [comment] })
    if (requestKey !== undefined) byRequestKey.set(requestKey, id)
    return c.json({ ticket: { id: Number(id), ...fields } }, 201)
  })
  app.get('/api/v2/tickets.json', (c) => {
    const key = c.req.query('external_id')
    const tickets = world.calls().filter(({ fields }) => fields.external_id === key)
    return c.json({ tickets: tickets.map(({ id, fields }) => ({ ...fields, id: Number(id) })), count: tickets.length })
  })
  app.put('/api/v2/tickets/:file', async (c) => {
    const id = c.req.param('file').replace(/\.json$/, '')
    const { ticket } = await c.req.json()
    const found = world.calls().find((call) => call.id === id)
    if (found === undefined) return c.notFound()
    world.changeCall(id, { comments: [...(found.fields.comments as readonly object[]), ticket.comment] })
    return c.json({ ticket: { id: Number(id) } })
  })
}
