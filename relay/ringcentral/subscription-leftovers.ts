import type { Logger } from '../logger.ts'
import type { Subscription, SubscriptionApi } from './subscription-api.ts'
import type { SubscriptionSecrets } from './subscription-secrets.ts'

/** Subscriptions of ours that are no longer used. */
export interface SubscriptionLeftovers {
  remove(id: string): Promise<void>
  /**
   * Deletes what else leads to our address, and what was replaced, wherever it led. `own`: all of ours at RingCentral.
   * Resolves with how many those were.
   */
  removeFrom(own: readonly Subscription[]): Promise<number>
}

export interface SubscriptionLeftoversDependencies {
  readonly api: Pick<SubscriptionApi, 'remove'>
  readonly secrets: Pick<SubscriptionSecrets, 'current' | 'replaced' | 'deleted'>
  readonly logger: Logger
  /** The webhook's. */
  readonly address: string
}

export function createSubscriptionLeftovers(dependencies: SubscriptionLeftoversDependencies): SubscriptionLeftovers {
  const { api, secrets, logger, address } = dependencies

  async function remove(id: string): Promise<void> {
    await api.remove(id)
    logger.info({ subscriptionId: id }, 'A subscription that is no longer used was removed')
  }

  return {
    remove,
    async removeFrom(own) {
      const { current, replaced } = secrets
      const ids = new Set(replaced.map(({ id }) => id))
      const addresses = new Set([address, ...replaced.flatMap((one) => (one.id === null ? (one.address ?? []) : []))])
      const leftovers = own.filter(
        ({ id, deliveryMode }) => id !== current?.id && (ids.has(id) || addresses.has(deliveryMode.address ?? '')),
      )
      for (const { id } of leftovers) await remove(id)
      await secrets.deleted()
      return leftovers.length
    },
  }
}
