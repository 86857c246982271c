import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { listen } from '../platform/listen.ts'
import { CRM_PEOPLE, CRM_USERS, type CrmPerson, type CrmUser } from './cast.ts'
import { createTokens, type Tokens } from './tokens.ts'

/** A call in a stand-in of a CRM, with the fields that the CRM has for it. */
export interface CrmCall {
  readonly id: string
  fields: Readonly<Record<string, unknown>>
  /** ms since the epoch, on the stand-in's clock. */
  changedMs: number
}

/** What is in a stand-in, for the routes of its CRM. */
export interface CrmWorld {
  readonly users: readonly CrmUser[]
  /** Whom a search finds; while the index lags not who came since. */
  searchable(): readonly CrmPerson[]
  person(id: string): CrmPerson | undefined
  /** What the CRM has made of what it was sent. It throws where a field is refused. */
  addCall(fields: Readonly<Record<string, unknown>>, id?: string): CrmCall
  changeCall(id: string, fields: Readonly<Record<string, unknown>>): CrmCall | undefined
  calls(): readonly CrmCall[]
}

/** How one CRM does what they all do. */
export interface CrmManner {
  /** `POST` here is answered as an OAuth server does. */
  readonly tokenPath: string
  /** The access token or key of a request. */
  readCredential(c: Context): string | undefined
  /** How it says no. */
  describeRefusal(refusal: Refusal): { readonly body: object; readonly status: ContentfulStatusCode }
  /** Its routes; `app` has authentication, limits and faults before them. */
  mount(app: Hono, world: CrmWorld): void
  /** What people read in a call. */
  textOf(call: CrmCall): string
}

export interface Refusal {
  readonly reason: 'unauthorized' | 'limit' | 'field' | 'notFound'
  readonly words: string
  /** Of the field that is refused. */
  readonly field?: string
}

export interface CrmStandIn {
  /** `http://127.0.0.1:NNNN`, without a slash at the end. */
  readonly url: string
  /** A key for the account, where the CRM has such. */
  readonly key: string
  readonly tokens: Tokens
  /** `METHOD /path`, in the order in which they came. */
  readonly requests: readonly string[]
  people(): readonly CrmPerson[]
  calls(): readonly CrmCall[]
  /** What people read in a call. */
  textOf(call: CrmCall): string
  /** Calls with the marker of this key. */
  countCalls(key: string): number
  addPerson(person: CrmPerson): void
  readonly misbehave: CrmMisbehave
  close(): Promise<void>
}

/** What can go wrong. What lasts gives back how to stop it. */
export interface CrmMisbehave {
  /** The next request of this kind is carried out, and its answer lost. */
  loseAnswer(route: RegExp): void
  /** The next request of this kind is cut before anything is done. */
  loseRequest(route: RegExp): void
  /** The next request is one too many. Without `retryAfterS` it is not said how long to wait. */
  limit(retryAfterS?: number): void
  /** A field that the CRM does not take, with its words. */
  refuseField(field: string, words: string): () => void
  /** Whoever is added from now on is not found by searches. */
  lagIndex(): () => void
}

export interface CrmStandInOptions {
  /** The stand-in's clock, ms since the epoch; the machine's unless given. */
  readonly nowMs?: () => number
}

/** A CRM on a free port of this machine. */
export async function startCrm(manner: CrmManner, { nowMs = Date.now }: CrmStandInOptions = {}): Promise<CrmStandIn> {
  const key = 'stand-in-account-key'
  const tokens = createTokens(key)
  const people = [...CRM_PEOPLE]
  const calls: CrmCall[] = []
  const refusedFields = new Map<string, string>()
  const strikes: Strike[] = []
  const requests: string[] = []
  let indexed: readonly CrmPerson[] | undefined
  let nextId = 5001

  const check = (fields: Readonly<Record<string, unknown>>) => {
    for (const [field, words] of refusedFields)
      if (field in fields) throw new RefusedError({ reason: 'field', words, field })
  }
  const world: CrmWorld = {
    users: CRM_USERS,
    searchable: () => indexed ?? people,
    person: (id) => people.find((one) => one.id === id),
    addCall(fields, id = String(nextId++)) {
      check(fields)
      const call = { id, fields, changedMs: nowMs() }
      calls.push(call)
      return call
    },
    changeCall(id, fields) {
      check(fields)
      const call = calls.find((one) => one.id === id)
      if (call !== undefined) Object.assign(call, { fields: { ...call.fields, ...fields }, changedMs: nowMs() })
      return call
    },
    calls: () => calls,
  }

  const app = new Hono()
  app.use(async (c, next) => {
    requests.push(`${c.req.method} ${c.req.path}`)
    await next()
  })
  app.post(manner.tokenPath, tokens.answer)
  app.use(strike(strikes, manner))
  app.use(async (c, next) => {
    if (tokens.isValid(manner.readCredential(c))) return next()
    return refuse(c, manner, { reason: 'unauthorized', words: 'The access token expired' })
  })
  manner.mount(app, world)
  app.notFound((c) => refuse(c, manner, { reason: 'notFound', words: 'There is no such thing' }))
  app.onError((error, c) => {
    if (error instanceof RefusedError) return refuse(c, manner, error.refusal)
    throw error
  })
  const { url, close } = await listen(app, { host: '127.0.0.1', port: 0 })

  return {
    url,
    key,
    tokens,
    requests,
    people: () => people,
    calls: () => calls,
    textOf: manner.textOf,
    countCalls: (marker) => calls.filter((call) => manner.textOf(call).includes(`Ringside ${marker}`)).length,
    addPerson: (person) => void people.push(person),
    misbehave: {
      loseAnswer: (route) => void strikes.push({ route, kind: 'answer' }),
      loseRequest: (route) => void strikes.push({ route, kind: 'request' }),
      limit: (retryAfterS) => void strikes.push({ route: /^/, kind: 'limit', retryAfterS }),
      refuseField(field, words) {
        refusedFields.set(field, words)
        return () => refusedFields.delete(field)
      },
      lagIndex() {
        indexed = [...people]
        return () => {
          indexed = undefined
        }
      },
    },
    close,
  }
}

/** A request that the CRM does not carry out. */
export class RefusedError extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.words)
    this.refusal = refusal
  }
}

interface Strike {
  readonly route: RegExp
  readonly kind: 'answer' | 'request' | 'limit'
  readonly retryAfterS?: number | undefined
}

function strike(strikes: Strike[], manner: CrmManner): MiddlewareHandler {
  return async function strikeRequest(c, next) {
    const index = strikes.findIndex(({ route }) => route.test(`${c.req.method} ${c.req.path}`))
    const [found] = index === -1 ? [] : strikes.splice(index, 1)
    if (found === undefined) return next()
    if (found.kind === 'limit') {
      const response = refuse(c, manner, { reason: 'limit', words: 'Too many requests' })
      if (found.retryAfterS !== undefined) response.headers.set('retry-after', String(found.retryAfterS))
      return response
    }
    if (found.kind === 'answer') await next()
    ;(c.env as HttpBindings).incoming.socket.destroy()
    c.res = RESPONSE_ALREADY_SENT
  }
}

function refuse(c: Context, manner: CrmManner, refusal: Refusal): Response {
  const { body, status } = manner.describeRefusal(refusal)
  return c.json(body, status)
}

/** `Authorization: Bearer …`, or another word that CRMs put there. */
export function readBearer(c: Context, scheme = 'Bearer'): string | undefined {
  const [word, token] = c.req.header('authorization')?.split(' ') ?? []
  return word === scheme ? token : undefined
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

export function phonesOf({ phone, mobile }: CrmPerson): readonly string[] {
  return mobile === undefined ? [phone] : [phone, mobile]
}
