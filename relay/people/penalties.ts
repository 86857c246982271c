import type { Clock } from '../../shared/clock.ts'
import { type RateGroup, RingCentralError } from '../ringcentral/api.ts'
import { createPenalties, type Penalties } from '../ringcentral/penalties.ts'

/** RingCentral counts requests per person and app, so each person has penalties of their own. */
export interface PeoplePenalties {
  /** Carries out a request unless its group is being refused to this person; the refusal is thrown either way. */
  obey<T>(who: { readonly extensionId: string; readonly group: RateGroup }, request: () => Promise<T>): Promise<T>
}

export function createPeoplePenalties(clock: Clock): PeoplePenalties {
  const people = new Map<string, Penalties>()
  return {
    async obey({ extensionId, group }, request) {
      const penalties = people.get(extensionId) ?? createPenalties(clock)
      people.set(extensionId, penalties)
      penalties.check(group)
      try {
        return await request()
      } catch (error) {
        if (error instanceof RingCentralError && error.status === 429) penalties.begin(group, error.retryAfterMs)
        throw error
      }
    },
  }
}
