import { unreachable } from '../../shared/assert.ts'
import type { CrmPerson } from './cast.ts'
import { type CrmManner, phonesOf, RefusedError, readBearer } from './stand-in.ts'

/** Zoho CRM's API, version 8. A record that is not taken is told within a success. */
export const ZOHO_MANNER: CrmManner = {
  tokenPath: '/oauth/v2/token',
  readCredential: (c) => readBearer(c, 'Zoho-oauthtoken'),
  describeRefusal({ reason, words, field }) {
    switch (reason) {
      case 'unauthorized':
        return { status: 401, body: { code: 'INVALID_TOKEN', details: {}, message: words, status: 'error' } }
      case 'limit':
        return { status: 429, body: { code: 'TOO_MANY_REQUESTS', details: {}, message: words, status: 'error' } }
      case 'notFound':
        return { status: 404, body: { code: 'INVALID_URL_PATTERN', details: {}, message: words, status: 'error' } }
      case 'field': {
        const fault = { code: 'INVALID_DATA', details: { api_name: field }, message: words, status: 'error' }
        return { status: 202, body: { data: [fault] } }
      }
      default:
        return unreachable(reason)
    }
  },
  textOf: ({ fields }) => String(fields.Description),
  mount(app, world) {
    app.get('/crm/v8/users', (c) =>
      c.json({
        users: world.users.map(({ id, name, email }) => ({ id, full_name: name, email })),
        info: { more_records: false },
      }),
    )
    app.get('/crm/v8/:module/search', (c) => {
      const kind = KINDS[c.req.param('module')]
      const phone = c.req.query('phone') ?? ''
      const found = world
        .searchable()
        .filter((person) => person.kind === kind && phonesOf(person).some((one) => one.includes(phone)))
      return found.length === 0 ? c.body(null, 204) : c.json({ data: found.map(describePerson) })
    })
    app.post('/crm/v8/Calls', async (c) => {
      const { data } = await c.req.json()
      const { id } = world.addCall(data[0])
      return c.json({ data: [{ code: 'SUCCESS', details: { id }, message: 'record added', status: 'success' }] }, 201)
    })
    app.put('/crm/v8/Calls', async (c) => {
      const {
        data: [{ id, ...fields }],
      } = await c.req.json()
      if (world.changeCall(id, fields) === undefined)
        throw new RefusedError({ reason: 'notFound', words: 'no such id' })
      return c.json({ data: [{ code: 'SUCCESS', details: { id }, message: 'record updated', status: 'success' }] })
    })
    app.get('/crm/v8/Calls', (c) => {
      const since = Date.parse(c.req.header('if-modified-since') ?? '')
      const listed = world.calls().filter(({ changedMs }) => changedMs >= since)
      if (listed.length === 0) return c.body(null, 304)
      const page = Number(c.req.query('page'))
      // One a page, so that pages are turned.
      const data = listed.slice(page - 1, page).map(({ id, fields }) => ({ id, Description: fields.Description }))
      return c.json({ data, info: { page, more_records: page < listed.length } })
    })
  },
}

const KINDS: Readonly<Record<string, CrmPerson['kind']>> = { Contacts: 'contact', Leads: 'lead', Accounts: 'account' }

function describePerson({ id, kind, name, company, phone, mobile, ownerId }: CrmPerson) {
  return {
    id,
    ...(kind === 'account' ? { Account_Name: name } : { Full_Name: name }),
    ...(kind === 'contact' && { Account_Name: company === undefined ? null : { id: '7', name: company } }),
    ...(kind === 'lead' && { Company: company ?? null }),
    Phone: phone,
    Mobile: mobile ?? null,
    Owner: ownerId === undefined ? null : { id: ownerId, name: 'Bea Lindqvist' },
  }
}
