import { type CrmManner, phonesOf, readBearer } from './stand-in.ts'

/** Pipedrive's API, version 2, and of version 1 the search for users. */
export const PIPEDRIVE_MANNER: CrmManner = {
  tokenPath: '/oauth/token',
  readCredential: (c) => c.req.header('x-api-token') ?? readBearer(c),
  describeRefusal({ reason, words }) {
    const status = { unauthorized: 401, limit: 429, notFound: 404, field: 400 } as const
    return { status: status[reason], body: { success: false, error: words, code: 'ERR_BAD_REQUEST' } }
  },
  textOf: ({ fields }) => String(fields.note),
  mount(app, world) {
    app.get('/api/v2/persons/search', (c) => {
      const term = c.req.query('term') ?? ''
      const found = world.searchable().filter((person) => phonesOf(person).some((phone) => phone.includes(term)))
      const items = found.map((person) => ({
        result_score: 1,
        item: {
          id: Number(person.id),
          type: 'person',
          name: person.name,
          phones: phonesOf(person),
          organization: person.company === undefined ? null : { id: 7, name: person.company },
        },
      }))
      return c.json({ success: true, data: { items }, additional_data: { next_cursor: null } })
    })
    app.get('/api/v1/users/find', (c) => {
      const users = world.users.filter(({ email }) => email === c.req.query('term')?.toLowerCase())
      return c.json({ success: true, data: users.map((user) => ({ ...user, id: Number(user.id), active_flag: true })) })
    })
    app.post('/api/v2/activities', async (c) => {
      const { id, fields } = world.addCall(await c.req.json())
      return c.json({ success: true, data: { ...fields, id: Number(id) } }, 201)
    })
    app.get('/api/v2/activities', (c) => {
      const { person_id, updated_since = '', cursor = '0' } = c.req.query()
      const since = Date.parse(updated_since)
      const listed = world.calls().filter(({ fields, changedMs }) => {
        const [participant] = (fields.participants ?? []) as readonly { readonly person_id: number }[]
        return changedMs >= since && (person_id === undefined || participant?.person_id === Number(person_id))
      })
      // One a page, so that pages are turned.
      const page = listed.slice(Number(cursor), Number(cursor) + 1)
      const next = Number(cursor) + 1
      return c.json({
        success: true,
        data: page.map(({ id, fields }) => ({ ...fields, id: Number(id) })),
        additional_data: { next_cursor: next < listed.length ? String(next) : null },
      })
    })
    app.patch('/api/v2/activities/:id', async (c) => {
      const changed = world.changeCall(c.req.param('id'), await c.req.json())
      return changed === undefined ? c.notFound() : c.json({ success: true, data: { id: Number(changed.id) } })
    })
  },
}
