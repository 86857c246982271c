import { Hono } from 'hono'
import * as v from 'valibot'
import { parseInstant, SECOND_MS } from '../../shared/time.ts'
import { describeIssue } from './issues.ts'
import type { CountAs } from './rate-limits.ts'
import { invalidParameter, RestError } from './rest-error.ts'
import type { RestEnv } from './rest-session.ts'
import type { Subscription, Subscriptions } from './subscriptions.ts'

const eventFilters = v.pipe(v.array(v.string()), v.minLength(1))
const createBody = v.object({
  eventFilters,
  deliveryMode: v.object({
    transportType: v.literal('WebHook'),
    address: v.string(),
    verificationToken: v.optional(v.pipe(v.string(), v.minLength(1))),
  }),
  expiresIn: v.optional(v.number()),
})
const updateBody = v.object({ eventFilters: v.optional(eventFilters), expiresIn: v.optional(v.number()) })

/** The subscription API for webhooks. */
export function createSubscriptionRoutes(
  subscriptions: Subscriptions,
  options: { countAs: CountAs; nowMs: () => number },
): Hono<RestEnv> {
  const { countAs, nowMs } = options
  const routes = new Hono<RestEnv>()
  const answer = (subscription: Subscription, url: string) => describe(subscription, new URL(url).origin, nowMs())

  routes.post('/', countAs('Medium'), async (c) => {
    const body = decode(createBody, await readJson(c.req.raw))
    const subscription = await subscriptions.create(c.get('login'), {
      eventFilters: body.eventFilters,
      address: body.deliveryMode.address,
      verificationToken: body.deliveryMode.verificationToken,
      expiresIn: body.expiresIn,
    })
    return c.json(answer(subscription, c.req.url))
  })

  routes.get('/', countAs('Light'), (c) =>
    c.json({
      uri: c.req.url,
      records: subscriptions.list(c.get('login')).map((subscription) => answer(subscription, c.req.url)),
    }),
  )

  routes.get('/:id', countAs('Light'), (c) =>
    c.json(answer(subscriptions.get(c.get('login'), c.req.param('id')), c.req.url)),
  )

  routes.put('/:id', countAs('Medium'), async (c) => {
    const change = decode(updateBody, (await readJson(c.req.raw)) ?? {})
    const subscription = subscriptions.update(c.get('login'), c.req.param('id'), {
      eventFilters: change.eventFilters,
      expiresIn: change.expiresIn,
    })
    return c.json(answer(subscription, c.req.url))
  })

  routes.post('/:id/renew', countAs('Light'), (c) =>
    c.json(answer(subscriptions.renew(c.get('login'), c.req.param('id')), c.req.url)),
  )

  routes.delete('/:id', countAs('Medium'), (c) => {
    subscriptions.delete(c.get('login'), c.req.param('id'))
    return c.body(null, 204)
  })

  return routes
}

/** The answer's form. The verification token is a secret and is not repeated. */
function describe(subscription: Subscription, origin: string, nowMs: number) {
  const { id, status, eventFilters, creationTime, expirationTime, address } = subscription
  return {
    uri: `${origin}/restapi/v1.0/subscription/${id}`,
    id,
    creationTime,
    status,
    eventFilters,
    expirationTime,
    expiresIn: Math.max(0, Math.floor(((parseInstant(expirationTime) ?? nowMs) - nowMs) / SECOND_MS)),
    deliveryMode: { transportType: 'WebHook', encryption: false, address },
  }
}

/** The request's body as JSON; `undefined` when it is empty, which some requests mean to be. */
async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new RestError(400, 'CMN-103', "JSON can't be parsed")
  }
}

function decode<Schema extends v.GenericSchema>(schema: Schema, raw: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, raw, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const { where, shouldBe } = describeIssue(issue, 'body')
  throw invalidParameter(where, shouldBe)
}
