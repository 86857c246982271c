import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { StoredRuleNotice } from '../../lib/store/schema.ts'
import type { RuleAlertsOptions } from './rule-alerts.ts'

const PREFIX = 'rule'

/** Chrome's own notifications of alerts by rules, whether or not a page is in sight: somebody wanted the person to know. */
export function createRuleNotifications(
  nameCaller: (alert: StoredRuleNotice) => Promise<string>,
): Pick<RuleAlertsOptions, 'show' | 'clear'> {
  return {
    show: async (name, alert) => {
      const message = [await nameCaller(alert), i18n.t('routing.byRule', [alert.rule])].join(' · ')
      // Without the person's permission there is no such API at all.
      await browser.notifications?.create(`${PREFIX}:${name}`, {
        type: 'basic',
        iconUrl: browser.runtime.getURL('/icon/128.png'),
        title: alert.text ?? '',
        message,
      })
    },
    clear: async (name) => {
      await browser.notifications?.clear(`${PREFIX}:${name}`)
    },
  }
}
