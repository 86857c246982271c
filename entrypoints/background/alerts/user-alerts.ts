import { i18n } from '#i18n'
import { userCountry } from '../../lib/settings/country.ts'
import { alertSettings } from '../../lib/settings/settings.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import { readCallsSince } from '../../lib/store/read.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { formatClock } from '../../lib/wording/format.ts'
import { nameCounterpart } from '../../lib/wording/labels.ts'
import { formatShownName, formatShownNumber } from '../../lib/wording/shown-number.ts'
import { alertNotifications } from './alert-notifications.ts'
import { type Alerts, type AlertsOptions, createAlerts } from './alerts.ts'
import { countUnreturned } from './day-end.ts'
import { shownAlerts } from './shown-alerts.ts'

/** Alerts of one person in this browser. */
export function createUserAlerts(
  store: PersonStore,
  options: Pick<AlertsOptions, 'clock' | 'calls' | 'isCurrent' | 'onChange'> & {
    readonly isMasking: () => boolean
    /** Returns the call under the name by which its caller is known. */
    readonly name: (row: CallRow) => Promise<CallRow>
  },
): Alerts {
  async function nameOther(row: CallRow): Promise<string> {
    const { name, phoneNumber } = await options.name(row)
    const reader = { country: userCountry(), isMasking: options.isMasking() }
    return nameCounterpart(formatShownName(name, phoneNumber, reader), formatShownNumber(phoneNumber, reader))
  }

  return createAlerts({
    ...options,
    settings: alertSettings,
    shown: shownAlerts,
    countUnreturned: async (fromMs) => {
      const { voicemailsToReturn } = await alertSettings.getValue()
      return countUnreturned(await readCallsSince(store, fromMs), voicemailsToReturn)
    },
    showWait: async (kind, row, waitedMs) =>
      alertNotifications.show(
        kind,
        row.telephonySessionId,
        i18n.t(`alerts.${kind}Title`, [await nameOther(row), formatClock(waitedMs)]),
        row.queueName ?? i18n.t(`direction.${row.direction}`),
      ),
    showMissed: (count) =>
      alertNotifications.show('missed', 'today', i18n.t('alerts.missedTitle', count), i18n.t('alerts.missedMessage')),
    clear: (kind, telephonySessionId) => alertNotifications.clear(kind, telephonySessionId),
  })
}
