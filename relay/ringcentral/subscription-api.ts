import * as v from 'valibot'
import { DAY_MS, parseInstant, SECOND_MS } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import { RingCentralError, type ServiceClient } from './api.ts'
import { judge } from './verdicts.ts'

/** RingCentral's API of webhook subscriptions, as far as the relay uses it. Source: RingCentral API reference. */
export interface SubscriptionApi {
  /** Those of our user and our app, webhooks only. */
  list(): Promise<readonly Subscription[]>
  create(wish: { address: string; filters: readonly string[]; secret: string }): Promise<Subscription>
  renew(id: string): Promise<Subscription>
  /** One that is gone already is as good. */
  remove(id: string): Promise<void>
}

const subscription = v.object({
  id: v.string(),
  /** `Active`; anything else brings no events. */
  status: v.string(),
  expirationTime: v.string(),
  eventFilters: v.array(v.string()),
  disabledFilters: v.optional(v.array(v.object({ filter: v.string(), reason: v.optional(v.string()) }))),
  deliveryMode: v.object({ transportType: v.string(), address: v.optional(v.string()) }),
})
export type Subscription = v.InferOutput<typeof subscription>
/** Each record is decoded on its own: subscriptions of other transports, or of a later form, are skipped. */
const subscriptionList = v.object({ records: v.array(v.unknown()) })

/** The life that is asked for. */
export const LIFE_MS = 7 * DAY_MS
const REMINDER_THRESHOLD_S = (3 * DAY_MS) / SECOND_MS
const REMINDER_INTERVAL_S = DAY_MS / 2 / SECOND_MS
const PATH = '/restapi/v1.0/subscription'

export function createSubscriptionApi(service: ServiceClient): SubscriptionApi {
  return {
    async list() {
      const { records } = v.parse(subscriptionList, await service.send({ method: 'GET', path: PATH }))
      return records.filter((record) => v.is(subscription, record))
    },
    async create({ address, filters, secret }) {
      const body = {
        eventFilters: filters,
        deliveryMode: { transportType: 'WebHook', address, verificationToken: secret },
        expiresIn: LIFE_MS / SECOND_MS,
      }
      return v.parse(subscription, await service.send({ method: 'POST', path: PATH, body, group: 'Medium' }))
    },
    async renew(id) {
      return v.parse(subscription, await service.send({ method: 'POST', path: `${PATH}/${id}/renew` }))
    },
    async remove(id) {
      try {
        await service.send({ method: 'DELETE', path: `${PATH}/${id}`, group: 'Medium' })
      } catch (error) {
        if (!(error instanceof RingCentralError && judge('service', error).kind === 'gone')) throw error
      }
    },
  }
}

/** What to subscribe to: the calls, and a reminder to renew in time. */
export function wantedFilters({ scope, extensions }: Pick<Settings, 'scope' | 'extensions'>): readonly string[] {
  const account = '/restapi/v1.0/account/~'
  const telephony =
    scope === 'account'
      ? [`${account}/telephony/sessions`]
      : extensions.map((extensionId) => `${account}/extension/${extensionId}/telephony/sessions`)
  return [...telephony, `${PATH}/~?threshold=${REMINDER_THRESHOLD_S}&interval=${REMINDER_INTERVAL_S}`]
}

/** Whether both hold the same filters, in whatever order and however they are written. */
export function isSameFilters(some: readonly string[], others: readonly string[]): boolean {
  return some.map(plainFilter).toSorted().join('\n') === others.map(plainFilter).toSorted().join('\n')
}

/** A filter as path and parameters, which may be in any order and encoded in more than one way. */
function plainFilter(filter: string): string {
  const { pathname, searchParams } = new URL(filter, 'https://platform.ringcentral.com')
  searchParams.sort()
  return `${decodeURI(pathname).replace(/\/+$/, '')}?${searchParams}`
}

/** ms since the epoch, RingCentral's clock. */
export function expiryOf({ expirationTime }: Subscription): number {
  return parseInstant(expirationTime) ?? 0
}
