import { numberKey } from '../../../shared/number/key.ts'
import { selectCallerName } from '../../lib/caller/caller-name.ts'
import { readNamesOf } from '../../lib/caller/read-names.ts'
import { userCountry } from '../../lib/settings/country.ts'
import type { ReadableStore } from '../../lib/store/open.ts'
import type { StoredRuleNotice } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { language, nameCounterpart } from '../../lib/wording/labels.ts'
import { formatShownName, formatShownNumber } from '../../lib/wording/shown-number.ts'

/** What the callers of rules' alerts are called: as this browser knows the number, else the number, as it may be shown. */
export interface AlertCallers {
  /** As far as has been read. The first time it is asked of an alert it begins to read: since the last one somebody may have got a name. */
  name(alert: StoredRuleNotice): string
  /** When it has been read. */
  whenRead(alert: StoredRuleNotice): Promise<string>
}

export interface AlertCallersOptions {
  readonly store: ReadableStore
  readonly isMasking: () => boolean
  /** Somebody is called otherwise than before. */
  readonly onChanged: () => void
}

export function createAlertCallers({ store, isMasking, onChanged }: AlertCallersOptions): AlertCallers {
  const names = new Map<string, string | undefined>()
  const readings = new Map<string, Promise<void>>()

  async function read(alert: string, caller: string): Promise<void> {
    const { key } = numberKey(caller, userCountry())
    const called = { name: undefined, ...(key === undefined ? {} : { numberKey: key }) }
    // A store that cannot be read now leaves the number.
    const known = await within(STORE_TIMEOUT_MS, readNamesOf(store, called, language())).catch(() => undefined)
    const name = known && selectCallerName(called, known)?.name
    names.set(alert, name)
    if (name !== undefined) onChanged()
  }

  async function begin(alert: StoredRuleNotice): Promise<void> {
    if (alert.caller === undefined) return
    const key = keyOf(alert)
    const reading = readings.get(key) ?? read(key, alert.caller)
    readings.set(key, reading)
    await reading
  }

  function name(alert: StoredRuleNotice): string {
    void begin(alert)
    const { caller } = alert
    const reader = { country: userCountry(), isMasking: isMasking() }
    const known = names.get(keyOf(alert))
    return nameCounterpart(formatShownName(known, caller, reader), formatShownNumber(caller, reader))
  }

  return {
    name,
    whenRead: async (alert) => {
      await begin(alert)
      return name(alert)
    },
  }
}

/** The caller of one call. */
function keyOf({ telephonySessionId, caller }: StoredRuleNotice): string {
  return [telephonySessionId, caller].join(' ')
}
