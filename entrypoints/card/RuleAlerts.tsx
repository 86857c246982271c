import { i18n } from '#i18n'
import type { CardCall } from '../lib/contract/card-call.ts'

/** What rules of the account want the person to know about their call, the latest on top. */
export function RuleAlerts({ call: { ruleAlerts = [] } }: { readonly call: CardCall }) {
  if (ruleAlerts.length === 0) return null
  return (
    <ul class="rule-alerts" aria-label={i18n.t('routing.alerts')}>
      {ruleAlerts.toReversed().map(({ rule, text }) => (
        <li key={rule} title={i18n.t('routing.byRule', [rule])}>
          <span class="flag">{i18n.t('routing.flag')}</span> <bdi>{text}</bdi>
        </li>
      ))}
    </ul>
  )
}
