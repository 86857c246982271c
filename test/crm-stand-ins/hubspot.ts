import { createHash, randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { createMisbehaviour, type Misbehaviour } from './misbehave.ts'
import { serveStandIn } from './serve.ts'

/**
 * A stand-in for HubSpot on loopback: the requests that the relay sends, with the answers of its documentation. Its contacts are found by
 * search only once its index has them.
 */
export interface HubSpotStandIn {
  readonly url: string
  readonly key: string
  readonly client: { readonly id: string; readonly secret: string }
  /** The id of a contact, which is told or the next one. */
  addContact(contact: StandInContact, id?: string): string
  removeContact(id: string): void
  addOwner(owner: StandInOwner, id?: string): string
  /** The calls that were written, in the order in which they were. */
  calls(): readonly StandInCall[]
  /** Records that say that they are about one call, more than one. */
  duplicates(): number
  contacts(): readonly StandInContact[]
  /** Requests so far, with what was answered. */
  requests(): readonly {
    readonly method: string
    readonly path: string
    readonly status: number
    readonly atMs: number
  }[]
  readonly misbehave: Misbehaviour & {
    /** Contacts that are added from now on are found only when this is called. */
    lagIndex(): () => void
    /** Access tokens end now. */
    expireTokens(): void
    /** Tokens that were ended by a request. */
    readonly revoked: readonly string[]
  }
  close(): Promise<void>
}

export interface StandInContact {
  readonly firstname?: string
  readonly lastname?: string
  readonly company?: string
  readonly phone?: string
  readonly mobilephone?: string
  readonly hubspot_owner_id?: string
}

export interface StandInOwner {
  readonly firstName: string
  readonly lastName: string
  readonly email: string
}

export interface StandInCall {
  readonly id: string
  readonly properties: Readonly<Record<string, string>>
  readonly contactIds: readonly string[]
  readonly createdAtMs: number
}

export interface HubSpotOptions {
  readonly port?: number
  /** Requests that it takes within ten seconds, and searches within one. */
  readonly limits?: { readonly requests: number; readonly searches: number }
}

const DATED = '2026-03'
const LIFE_S = 1800

export async function startHubSpot(options: HubSpotOptions = {}): Promise<HubSpotStandIn> {
  const state = createState(options)
  const app = createApp(state)
  const server = await serveStandIn(app, options.port)
  return {
    url: server.url,
    key: state.key,
    client: state.client,
    addContact: state.addContact,
    removeContact: (id) => void state.contacts.delete(id),
    addOwner(owner, id = String(70_000 + state.owners.size)) {
      state.owners.set(id, owner)
      return id
    },
    calls: () => [...state.calls.values()],
    duplicates() {
      const keys = [...state.calls.values()].map(({ properties }) => properties.ringside_call ?? '')
      return keys.length - new Set(keys).size
    },
    contacts: () => [...state.contacts.values()].map(({ properties }) => properties),
    requests: () => state.requests,
    misbehave: {
      ...state.misbehaviour,
      lagIndex() {
        state.isIndexLagging = true
        return () => {
          state.isIndexLagging = false
          for (const contact of state.contacts.values()) contact.isIndexed = true
        }
      },
      expireTokens: () => state.accessTokens.clear(),
      revoked: state.revoked,
    },
    close: server.close,
  }
}

interface KeptContact {
  readonly properties: StandInContact
  isIndexed: boolean
}

function createState({ limits = { requests: 100, searches: 5 } }: HubSpotOptions) {
  const contacts = new Map<string, KeptContact>()
  const requests: { method: string; path: string; status: number; atMs: number }[] = []
  const state = {
    limits,
    key: `pat-na1-${randomBytes(12).toString('hex')}`,
    client: { id: randomBytes(8).toString('hex'), secret: randomBytes(16).toString('hex') },
    contacts,
    owners: new Map<string, StandInOwner>(),
    calls: new Map<string, StandInCall>(),
    hasMarker: false,
    isIndexLagging: false,
    requests,
    revoked: [] as string[],
    codes: new Map<string, { readonly challenge: string; readonly redirectUri: string }>(),
    accessTokens: new Set<string>(),
    refreshTokens: new Set<string>(),
    misbehaviour: createMisbehaviour((message, status) => ({
      status: 'error',
      message,
      correlationId: randomBytes(16).toString('hex'),
      category: status === 429 ? 'RATE_LIMITS' : 'VALIDATION_ERROR',
    })),
    addContact(properties: StandInContact, id = String(1_000_001 + contacts.size)): string {
      contacts.set(id, { properties, isIndexed: !state.isIndexLagging })
      return id
    },
  }
  return state
}

type State = ReturnType<typeof createState>

const fault = (message: string, category: string) => ({ status: 'error', message, category })

function createApp(state: State): Hono {
  const app = new Hono()
  app.use('*', async (c, next) => {
    const atMs = Date.now()
    await next()
    state.requests.push({ method: c.req.method, path: c.req.path, status: c.res.status, atMs })
  })
  addOAuth(app, state)
  app.use('*', async (c, next) => {
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (state.misbehaviour.areLoginsRefused || (token !== state.key && !state.accessTokens.has(token)))
      return c.json(fault('Authentication credentials not found.', 'INVALID_AUTHENTICATION'), 401)
    if (isBeyond(state, c))
      return c.json(fault('You have reached your ten_secondly_rolling limit.', 'RATE_LIMITS'), 429)
    const isWrite = c.req.path.endsWith('/calls') && c.req.method === 'POST' && c.req.path.includes('/objects/')
    const refusal = await state.misbehaviour.before(c, isWrite)
    if (refusal !== undefined) return refusal
    await next()
    await state.misbehaviour.after(c, isWrite)
  })
  addContacts(app, state)
  addCalls(app, state)
  app.notFound((c) => c.json(fault('resource not found', 'OBJECT_NOT_FOUND'), 404))
  return app
}

/** Counts what was taken, as HubSpot does. */
function isBeyond({ requests, limits }: State, c: Context): boolean {
  const nowMs = Date.now()
  const taken = requests.filter(({ status }) => status !== 429)
  if (taken.filter(({ atMs }) => atMs > nowMs - 10_000).length >= limits.requests) return true
  const isSearch = (path: string) => path.endsWith('/search')
  const searches = taken.filter(({ path, atMs }) => isSearch(path) && atMs > nowMs - 1000)
  return isSearch(c.req.path) && searches.length >= limits.searches
}

interface Filter {
  readonly propertyName: string
  readonly operator: string
  readonly value: string
}

function addContacts(app: Hono, state: State): void {
  app.get(`/account-info/${DATED}/details`, (c) =>
    c.json({ portalId: 4_200_100, uiDomain: 'app.hubspot.com', timeZone: 'US/Pacific' }),
  )
  app.get(`/crm/owners/${DATED}`, (c) => {
    const email = c.req.query('email')?.toLowerCase()
    const results = [...state.owners].filter(([, owner]) => email === undefined || owner.email === email)
    return c.json({ results: results.map(([id, owner]) => ({ id, ...owner })) })
  })
  app.get(`/crm/owners/${DATED}/:id`, (c) => {
    const owner = state.owners.get(c.req.param('id'))
    return owner === undefined
      ? c.json(fault('no owner', 'OBJECT_NOT_FOUND'), 404)
      : c.json({ id: c.req.param('id'), ...owner })
  })
  app.post(`/crm/objects/${DATED}/contacts/search`, async (c) => {
    const { filterGroups } = await c.req.json<{ filterGroups: { filters: Filter[] }[] }>()
    if (filterGroups.length > 5) return c.json(fault('too many filterGroups', 'VALIDATION_ERROR'), 400)
    const results = [...state.contacts].filter(
      ([, { properties, isIndexed }]) =>
        isIndexed && filterGroups.some(({ filters }) => filters.every((filter) => holds(properties, filter))),
    )
    return c.json({
      total: results.length,
      results: results.map(([id, { properties }]) => ({
        id,
        properties: { firstname: null, lastname: null, company: null, ...properties },
      })),
    })
  })
}

/** National digits of North America, as its index has them. */
function searchable(number: string | undefined): string | undefined {
  return number?.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
}

function holds(contact: StandInContact, { propertyName, operator, value }: Filter): boolean {
  if (operator !== 'EQ') return false
  const values: Readonly<Record<string, string | undefined>> = {
    phone: contact.phone,
    mobilephone: contact.mobilephone,
    hs_searchable_calculated_phone_number: searchable(contact.phone),
    hs_searchable_calculated_mobile_number: searchable(contact.mobilephone),
  }
  return values[propertyName] === value
}

interface CallBody {
  readonly properties: Record<string, string>
  readonly associations?: readonly { readonly to: { readonly id: string } }[]
}

function addCalls(app: Hono, state: State): void {
  const { calls } = state
  const byMarker = (key: string) => [...calls.values()].find(({ properties }) => properties.ringside_call === key)
  app.get(`/crm/properties/${DATED}/calls/ringside_call`, (c) =>
    state.hasMarker ? c.json({ name: 'ringside_call' }) : c.json(fault('no property', 'OBJECT_NOT_FOUND'), 404),
  )
  app.post(`/crm/properties/${DATED}/calls/groups`, (c) => c.json({ name: 'ringside' }, 201))
  app.post(`/crm/properties/${DATED}/calls`, async (c) => {
    const { name, hasUniqueValue } = await c.req.json<{ name: string; hasUniqueValue?: boolean }>()
    if (state.hasMarker) return c.json(fault('the property exists', 'OBJECT_ALREADY_EXISTS'), 409)
    state.hasMarker = name === 'ringside_call' && hasUniqueValue === true
    return c.json({ name }, 201)
  })
  app.post(`/crm/objects/${DATED}/calls`, async (c) => {
    const { properties, associations = [] } = await c.req.json<CallBody>()
    const key = properties.ringside_call
    if (key !== undefined && !state.hasMarker)
      return c.json(fault('Property "ringside_call" does not exist', 'VALIDATION_ERROR'), 400)
    if (key !== undefined && byMarker(key) !== undefined)
      return c.json(fault(`Another object has the value ${key} of ringside_call`, 'CONFLICT'), 409)
    const contactIds = associations.map(({ to }) => to.id)
    if (contactIds.some((id) => !state.contacts.has(id)))
      return c.json(fault('The contact does not exist', 'OBJECT_NOT_FOUND'), 404)
    const call: StandInCall = { id: String(9_000_001 + calls.size), properties, contactIds, createdAtMs: Date.now() }
    calls.set(call.id, call)
    return c.json({ id: call.id, properties }, 201)
  })
  app.get(`/crm/objects/${DATED}/calls/:id`, (c) => {
    const id = c.req.param('id')
    const call = c.req.query('idProperty') === 'ringside_call' ? byMarker(id) : calls.get(id)
    return call === undefined ? c.json(fault('no call', 'OBJECT_NOT_FOUND'), 404) : c.json(call)
  })
  app.patch(`/crm/objects/${DATED}/calls/:id`, async (c) => {
    const call = calls.get(c.req.param('id'))
    if (call === undefined) return c.json(fault('no call', 'OBJECT_NOT_FOUND'), 404)
    const { properties } = await c.req.json<CallBody>()
    calls.set(call.id, { ...call, properties: { ...call.properties, ...properties } })
    return c.json({ id: call.id })
  })
}

/** The code grant with a proof key; a refresh token works once. */
function addOAuth(app: Hono, state: State): void {
  app.get('/oauth/authorize', (c) => {
    const { redirect_uri: redirectUri = '', code_challenge: challenge = '', state: given = '' } = c.req.query()
    const code = randomBytes(12).toString('hex')
    state.codes.set(code, { challenge, redirectUri })
    return c.redirect(`${redirectUri}?${new URLSearchParams({ code, state: given })}`)
  })
  app.post('/oauth/v1/token', async (c) => {
    const form = Object.fromEntries(new URLSearchParams(await c.req.text()))
    if (form.client_id !== state.client.id || form.client_secret !== state.client.secret)
      return c.json({ error: 'invalid_client', error_description: 'unknown client' }, 401)
    if (!takeGrant(state, form)) return c.json({ error: 'invalid_grant', error_description: 'the grant is spent' }, 400)
    const [access_token, refresh_token] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
    state.accessTokens.add(access_token)
    state.refreshTokens.add(refresh_token)
    return c.json({ token_type: 'bearer', access_token, refresh_token, expires_in: LIFE_S })
  })
  app.delete('/oauth/v1/refresh-tokens/:token', (c) => {
    const token = c.req.param('token')
    state.refreshTokens.delete(token)
    state.accessTokens.clear()
    state.revoked.push(token)
    return c.body(null, 204)
  })
}

function takeGrant(state: State, form: Readonly<Record<string, string>>): boolean {
  if (form.grant_type === 'refresh_token') return state.refreshTokens.delete(form.refresh_token ?? '')
  const code = state.codes.get(form.code ?? '')
  state.codes.delete(form.code ?? '')
  const challenge = createHash('sha256')
    .update(form.code_verifier ?? '')
    .digest('base64url')
  return code !== undefined && code.challenge === challenge && code.redirectUri === form.redirect_uri
}
