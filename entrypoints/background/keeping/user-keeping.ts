import { keepingSettings } from '../../lib/settings/settings.ts'
import { followDayContext } from '../../lib/store/day-context.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { createKeeping, type Keeping, type KeepingOptions } from './keeping.ts'

/** Keeping for one person in this browser. */
export function createUserKeeping(
  store: PersonStore,
  options: Pick<KeepingOptions, 'clock' | 'name' | 'onChange'>,
): Keeping {
  return createKeeping({
    ...options,
    store,
    dayContext: followDayContext(),
    settings: keepingSettings,
    estimate: () => navigator.storage.estimate(),
    // What could not be let go now is tried again within the hour; calls are kept meanwhile.
    onProblem: (error) => console.warn('What is old could not be let go; it is tried again within the hour.', error),
  })
}
