import type { EventLog } from '../log/event-log.ts'
import type { Metrics } from '../metrics.ts'
import type { Repair } from './repair.ts'

/**
 * A delivery that could not be stored is lost, because RingCentral repeats none. As soon as the log takes events again, what the
 * lost ones told is repaired. The returned function takes the place of the count of deliveries.
 */
export function repairUnstoredDeliveries(dependencies: {
  readonly log: Pick<EventLog, 'onAppended'>
  readonly metrics: Pick<Metrics, 'countDelivery'>
  readonly repair: Pick<Repair, 'begin'>
}): Metrics['countDelivery'] {
  const { log, metrics, repair } = dependencies
  let isMissing = false
  log.onAppended(() => {
    if (!isMissing) return
    isMissing = false
    repair.begin()
  })
  return (result) => {
    metrics.countDelivery(result)
    if (result === 'not_stored') isMissing = true
  }
}
