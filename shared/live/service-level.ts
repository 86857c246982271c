import type { QueueTally, ServiceLevel, ServiceLevelSettings } from './types.ts'
import { countWithin } from './waits.ts'

/**
 * The service level of a queue by the account's own settings; `undefined` while it is not known how soon a caller should be
 * answered. A caller who was sent elsewhere was neither served nor gave up, and does not count.
 *
 * Source: RingCentral API reference, call queue, serviceLevelSettings.
 */
export function selectServiceLevel(
  { answered, abandoned, answeredWaits, abandonedWaits }: Omit<QueueTally, 'longestWait'>,
  { slaSeconds, slaCountsAbandoned = false, abandonedAfterSeconds = 0 }: ServiceLevelSettings,
): ServiceLevel | undefined {
  if (slaSeconds === undefined) return undefined
  const unserved = slaCountsAbandoned ? abandoned - countWithin(abandonedWaits, abandonedAfterSeconds) : 0
  const inTime = countWithin(answeredWaits, slaSeconds)
  const counted = answered + unserved
  return { inTime, counted, share: counted === 0 ? undefined : inTime / counted }
}
