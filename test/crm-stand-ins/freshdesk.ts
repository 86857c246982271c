import { unreachable } from '../../shared/assert.ts'
import { type CrmManner, phonesOf } from './stand-in.ts'

/** Freshdesk's API, version 2. Its search finds a number only as it was typed. */
export const FRESHDESK_MANNER: CrmManner = {
  tokenPath: '/oauth/token',
  readCredential(c) {
    const [scheme, encoded = ''] = c.req.header('authorization')?.split(' ') ?? []
    const [user, password] = Buffer.from(encoded, 'base64').toString().split(':')
    return scheme === 'Basic' && password === 'X' ? user : undefined
  },
  describeRefusal({ reason, words, field }) {
    switch (reason) {
      case 'unauthorized':
        return { status: 401, body: { code: 'invalid_credentials', message: words } }
      case 'limit':
        return { status: 429, body: { message: words } }
      case 'notFound':
        return { status: 404, body: { code: 'not_found', message: words } }
      case 'field': {
        const errors = [{ field, message: words, code: 'invalid_value' }]
        return { status: 400, body: { description: 'Validation failed', errors } }
      }
      default:
        return unreachable(reason)
    }
  },
  textOf: ({ fields }) => String(fields.description),
  mount(app, world) {
    app.get('/api/v2/search/contacts', (c) => {
      const wanted = [...(c.req.query('query') ?? '').matchAll(/(?:phone|mobile):'([^']*)'/g)].map(([, value]) => value)
      const found = world.searchable().filter((person) => phonesOf(person).some((phone) => wanted.includes(phone)))
      const results = found.map(({ id, name, company, phone, mobile }) => ({
        id: Number(id),
        name,
        phone,
        mobile: mobile ?? null,
        company_id: company === undefined ? null : Number(id) + 70_000,
      }))
      return c.json({ total: results.length, results })
    })
    app.get('/api/v2/companies/:id', (c) => {
      const company = world.person(String(Number(c.req.param('id')) - 70_000))?.company
      return company === undefined ? c.notFound() : c.json({ id: Number(c.req.param('id')), name: company })
    })
    app.get('/api/v2/agents', (c) => {
      const users = world.users.filter(({ email }) => email === c.req.query('email')?.toLowerCase())
      return c.json(users.map(({ id, name, email }) => ({ id: Number(id), contact: { name, email } })))
    })
    app.post('/api/v2/tickets', async (c) => {
      const { id } = world.addCall(await c.req.json())
      return c.json({ id: Number(id) }, 201)
    })
    app.get('/api/v2/tickets', (c) => {
      const { requester_id, updated_since = '', page, per_page } = c.req.query()
      const listed = world
        .calls()
        .filter(
          ({ fields, changedMs }) =>
            fields.requester_id === Number(requester_id) && changedMs >= Date.parse(updated_since),
        )
        .slice((Number(page) - 1) * Number(per_page), Number(page) * Number(per_page))
      return c.json(listed.map(({ id, fields }) => ({ id: Number(id), description: fields.description })))
    })
    app.put('/api/v2/tickets/:id', async (c) => {
      const changed = world.changeCall(c.req.param('id'), await c.req.json())
      return changed === undefined ? c.notFound() : c.json({ id: Number(changed.id) })
    })
  },
}
