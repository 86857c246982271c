import { type CrmManner, phonesOf } from './stand-in.ts'

/** A CRM that nobody else has, of which `bike-shop-crm.json` tells. */
export const BIKE_SHOP_MANNER: CrmManner = {
  tokenPath: '/oauth/token',
  readCredential(c) {
    const [scheme, encoded = ''] = c.req.header('authorization')?.split(' ') ?? []
    const [user] = Buffer.from(encoded, 'base64').toString().split(':')
    return scheme === 'Basic' && c.req.header('x-secret-key') === 'shop-secret' ? user : undefined
  },
  describeRefusal({ reason, words }) {
    const status = { unauthorized: 401, limit: 429, notFound: 404, field: 400 } as const
    return { status: status[reason], body: { message: words } }
  },
  textOf: ({ fields }) => String(fields.description),
  mount(app, world) {
    app.get('/api/contacts', (c) => {
      const { phone = '', national = '' } = c.req.query()
      const found = world.searchable().filter((person) => {
        const digits = phonesOf(person).map((one) => one.replaceAll(/\D/g, ''))
        return digits.some((one) => one.endsWith(national) || one === phone.slice(1))
      })
      const contacts = found.map(({ id, kind, name, company, phone }) => ({
        id: Number(id),
        type: kind,
        name,
        phone,
        company: company === undefined ? null : { name: company },
      }))
      return c.json({ contacts })
    })
    app.get('/api/users', (c) =>
      c.json({ users: world.users.map(({ id, name, email }) => ({ id, name, mail: email })) }),
    )
    app.get('/api/activities', (c) => {
      const listed = world.calls().filter(({ fields }) => String(fields.description).includes(c.req.query('q') ?? ''))
      return c.json({ activities: listed.map(({ id, fields }) => ({ id, description: fields.description })) })
    })
    app.post('/api/activities', async (c) => {
      const { id } = world.addCall(await c.req.json())
      return c.json({ activity: { id: Number(id) } }, 201)
    })
    app.put('/api/activities/:id', async (c) => {
      const changed = world.changeCall(c.req.param('id'), await c.req.json())
      return changed === undefined ? c.notFound() : c.json({ activity: { id: changed.id } })
    })
  },
}
