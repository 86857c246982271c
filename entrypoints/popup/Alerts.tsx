import { i18n } from '#i18n'
import { formatTime } from '../lib/wording/format.ts'
import { language } from '../lib/wording/labels.ts'
import type { PopupModel } from './model.ts'

/** What rules of the account want the person to know about calls of others. */
export function Alerts({ model }: { readonly model: PopupModel }) {
  const alerts = model.alerts.value
  if (alerts.length === 0) return null
  return (
    <section>
      <h2>{i18n.t('routing.alerts')}</h2>
      <ul class="rule-alerts">
        {alerts.map(({ name, rule, text, caller, atMs }) => (
          <li key={name}>
            <p>
              <strong dir="auto">{text}</strong>
            </p>
            <p class="quiet">
              {[formatTime(atMs, language()), caller, i18n.t('routing.byRule', [rule])].join(' · ')}{' '}
              <button type="button" class="link" onClick={() => void model.leaveAlert(name)}>
                {i18n.t('popup.leaveAlert')}
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
