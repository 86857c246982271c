import { retentionSettings } from '../../lib/settings/settings.ts'
import { followDayContext } from '../../lib/store/day-context.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { createRetention, type Retention, type RetentionOptions } from './retention.ts'

/** Retention for one person in this browser. */
export function createUserRetention(
  store: PersonStore,
  options: Pick<RetentionOptions, 'clock' | 'name' | 'onChange'>,
): Retention {
  return createRetention({
    ...options,
    store,
    dayContext: followDayContext(),
    settings: retentionSettings,
    estimate: () => navigator.storage.estimate(),
    // What could not be let go now is tried again within the hour; calls are kept meanwhile.
    onProblem: (error) => console.warn('What is old could not be let go; it is tried again within the hour.', error),
  })
}
