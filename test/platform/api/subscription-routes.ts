import { Hono } from 'hono'
import * as v from 'valibot'
import { describeSubscription } from '../subscriptions/describe-subscription.ts'
import type { Subscription } from '../subscriptions/subscription.ts'
import type { Subscriptions } from '../subscriptions/subscriptions.ts'
import { decodeBody, readJson } from './body.ts'
import type { CountAs } from './count-as.ts'
import type { Needs, RestEnv } from './rest-session.ts'

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
  options: { countAs: CountAs; needs: Needs; nowMs: () => number },
): Hono<RestEnv> {
  const { countAs, needs, nowMs } = options
  const routes = new Hono<RestEnv>()
  const answer = (subscription: Subscription, url: string) =>
    describeSubscription(subscription, { origin: new URL(url).origin, nowMs: nowMs() })

  routes.post('/', countAs('Medium'), needs('SubscriptionWebhook'), async (c) => {
    const body = decodeBody(createBody, await readJson(c.req.raw))
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
    const change = decodeBody(updateBody, (await readJson(c.req.raw)) ?? {})
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
