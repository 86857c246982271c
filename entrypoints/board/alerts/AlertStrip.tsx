import { i18n } from '#i18n'
import type { BoardPage } from '../page.ts'
import type { PaneView } from '../pane/pane-model.ts'
import { Clock } from '../parts/Clock.tsx'
import { nameAlert } from './alert-words.ts'
import type { BoardAlert } from './select-alerts.ts'

/** What somebody should look at now. Each leads there, and its kind goes away with one click. */
export function AlertStrip({ page }: { readonly page: BoardPage }) {
  const alerts = page.alerts.alerts.value
  return (
    <ul class="alerts" aria-live="polite" aria-label={i18n.t('routing.alerts')}>
      {alerts.map((alert) => (
        <Alert key={`${alert.kind} ${alert.of}`} page={page} alert={alert} />
      ))}
    </ul>
  )
}

function Alert({ page: { model, pane, alerts }, alert }: { readonly page: BoardPage; readonly alert: BoardAlert }) {
  const target = selectTarget(alert)
  const words = nameAlert(alert, model.names.value)
  return (
    <li class="alert" data-kind={alert.kind}>
      <button type="button" class="alert-what" onClick={() => target && pane.open(target)}>
        {words}
      </button>
      {'sinceMs' in alert && (
        // A live region that told the seconds would never be quiet.
        <span class="time" aria-hidden="true">
          <Clock nowMs={model.feed.nowMs} sinceMs={alert.sinceMs} />
        </span>
      )}
      <button type="button" class="link" onClick={() => void alerts.turnOff(alert.kind)}>
        {i18n.t('alerts.turnOff')}
      </button>
    </li>
  )
}

function selectTarget(alert: BoardAlert): PaneView | undefined {
  if ('extensionId' in alert && alert.extensionId !== undefined)
    return { kind: 'person', extensionId: alert.extensionId, figure: 'calls' }
  if ('queueId' in alert && alert.queueId !== undefined)
    return { kind: 'queue', queueId: alert.queueId, figure: alert.kind === 'level' ? 'inTime' : 'offered' }
  return undefined
}
