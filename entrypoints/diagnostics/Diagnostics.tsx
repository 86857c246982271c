import { browser } from 'wxt/browser'
import { i18n } from '#i18n'
import type { CapabilityReport } from '../lib/contract/messages.ts'
import { FeedbackLine } from '../ui/setup/FeedbackLine.tsx'
import { CapabilityItem } from './CapabilityItem.tsx'
import type { DiagnosticsModel } from './diagnostics-model.ts'
import type { ShownCapability } from './group-capabilities.ts'
import { RelayStanding } from './RelayStanding.tsx'

/** What RingCentral lets the person do, as far as it was tried, and how the relay stands. */
export function Diagnostics({ model }: { readonly model: DiagnosticsModel }) {
  const status = model.status.value
  if (status === undefined) return null
  const { person, account } = model.groups.value
  return (
    <main>
      <h1>{i18n.t('diagnostics.title')}</h1>
      <p class="quiet">{i18n.t('diagnostics.lead')}</p>
      <div class="row">
        <button type="button" class="primary" onClick={() => void model.copy()}>
          {i18n.t('diagnostics.copy')}
        </button>
        <button type="button" onClick={() => void model.ask()} aria-disabled={model.isAsking.value}>
          {i18n.t('diagnostics.again')}
        </button>
        <span role="status" class="quiet">
          {model.isAsking.value && i18n.t('diagnostics.asking')}
        </span>
      </div>
      <p class="quiet">{i18n.t('diagnostics.copyLead')}</p>
      <FeedbackLine feedback={model.feedback.value} />
      <Silence report={model.report.value} />
      <Group title={i18n.t('diagnostics.you')} capabilities={person} />
      <Group title={i18n.t('diagnostics.account')} capabilities={account} />
      {status.user !== undefined && <RelayStanding status={status} />}
      <p>
        <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
          {i18n.t('settings.open')}
        </button>
      </p>
    </main>
  )
}

/** Why the relay tells nothing. */
function Silence({ report }: { readonly report: CapabilityReport | undefined }) {
  if (report === undefined || report.kind === 'given') return null
  const text = report.kind === 'refused' ? report.sentence : i18n.t(`diagnostics.${report.kind}`)
  return (
    <p class={report.kind === 'signedOut' ? 'silence' : 'silence problem'} role="status">
      {text}
    </p>
  )
}

interface GroupProps {
  readonly title: string
  readonly capabilities: readonly ShownCapability[]
}

function Group({ title, capabilities }: GroupProps) {
  if (capabilities.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {capabilities.map((capability) => (
          <CapabilityItem key={capability.name} capability={capability} />
        ))}
      </ul>
    </section>
  )
}
