import { useState } from 'preact/hooks'
import { i18n } from '#i18n'
import type { CrmAnswer } from '../../../shared/protocol/http/crm.ts'
import type { CrmReport } from '../../lib/contract/crm.ts'
import { nameCrm } from '../../ui/crm/use-crm.ts'
import { Ask } from '../../ui/setup/Ask.tsx'
import { FeedbackLine } from '../../ui/setup/FeedbackLine.tsx'
import type { CrmConnectionModel } from './crm-connection-model.ts'

/** The CRM that calls are written into: whether it is connected, whose connection that is, and connecting it. */
export function CrmConnection({ model }: { readonly model: CrmConnectionModel }) {
  const report = model.report.value
  return (
    <section>
      <h2>{i18n.t('crm.settings.title')}</h2>
      <p class="quiet">{i18n.t('crm.settings.lead')}</p>
      {report?.kind === 'given' && report.crm.isOn ? (
        <Connection model={model} crm={report.crm} />
      ) : (
        report !== undefined && <p>{explainNone(report)}</p>
      )}
      <FeedbackLine feedback={model.feedback.value} />
    </section>
  )
}

function explainNone(report: CrmReport): string {
  if (report.kind === 'refused') return report.sentence
  if (report.kind === 'given') return `${i18n.t('crm.notOn')} ${i18n.t('crm.notOnAsk')}`
  return i18n.t(`crm.${report.kind}`)
}

interface ConnectionProps {
  readonly model: CrmConnectionModel
  readonly crm: CrmAnswer
}

function Connection({ model, crm }: ConnectionProps) {
  const { isConnected, canConnect, fault } = crm
  const name = nameCrm(crm)
  return (
    <>
      <p>{explain(crm, name)}</p>
      {fault !== undefined && <p class="problem">{`${i18n.t('crm.fault', [name])} ${fault}`}</p>}
      {canConnect ? (
        <Buttons model={model} crm={crm} name={name} />
      ) : (
        isOfAccount(crm) && <p class="quiet">{i18n.t('crm.settings.administrator')}</p>
      )}
      {isConnected && (
        <p>
          <a href="/crm-record.html">{i18n.t('crm.settings.show')}</a>
        </p>
      )}
    </>
  )
}

function Buttons({ model, crm, name }: ConnectionProps & { readonly name: string }) {
  const [isAsking, setAsking] = useState(false)
  const isPending = model.feedback.value?.kind === 'pending'
  if (isAsking) {
    return (
      <Ask
        question={i18n.t(isOfAccount(crm) ? 'crm.settings.disconnectAskAccount' : 'crm.settings.disconnectAskPerson', [
          name,
        ])}
        yes={i18n.t('crm.settings.disconnectYes')}
        no={i18n.t('crm.settings.disconnectNo')}
        onAnswer={(isYes) => {
          setAsking(false)
          if (isYes) void model.disconnect()
        }}
      />
    )
  }
  return (
    <div class="crm-buttons">
      {(!crm.isConnected || crm.fault !== undefined) && (
        <button type="button" class="primary" disabled={isPending} onClick={() => void model.connect()}>
          {crm.isConnected ? i18n.t('crm.settings.connectAgain') : i18n.t('crm.settings.connect', [name])}
        </button>
      )}
      {crm.isConnected && (
        <button type="button" disabled={isPending} onClick={() => setAsking(true)}>
          {i18n.t('crm.settings.disconnect')}
        </button>
      )}
    </div>
  )
}

function explain(crm: CrmAnswer, name: string): string {
  const whose = isOfAccount(crm) ? 'Account' : 'Person'
  return i18n.t(crm.isConnected ? `crm.settings.connected${whose}` : `crm.settings.notConnected${whose}`, [name])
}

function isOfAccount({ ownership }: CrmAnswer): boolean {
  return ownership !== 'person'
}
